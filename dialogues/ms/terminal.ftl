### Baris di sisi perbualan dalam terminal.

fault = Maaf, berlaku masalah pada sistem dan mesej terakhir anda tidak dapat diproses. Jawapan anda yang lain masih disimpan. Sila cuba sekali lagi.

one-moment = Sebentar, sila tunggu. Mesej anda selamat dan akan dijawab.

# $path (String): the file.
terminal-mail-saved = e-mel disimpan: { $path }

# $path (String): the file.
terminal-slip-saved = slip disimpan: { $path }

# $why (String): what the system says, with the file.
terminal-slip-failed = Slip tidak dapat disimpan ({ $why }). Temujanji anda tetap sah. Betulkan folder itu, kemudian taip “slip” untuk menyimpannya semula.

# $why (String): what the system says, with the folder.
terminal-mail-later = E-mel tidak dapat disimpan ({ $why }). Betulkan folder itu; e-mel tidak hilang dan akan dicuba semula apabila anda menulis lagi.

# $why (String): what went wrong.
terminal-mail-given-up = E-mel tidak dapat dihantar ({ $why }).

terminal-working = menyediakan e-mel dan slip

terminal-waiting = jawapan sebelum ini masih dipegang oleh tetingkap lain; menunggu, paling lama dua minit

terminal-bye = Selamat tinggal. Jawapan anda disimpan: jalankan “temujanji chat” lagi untuk menyambung.
