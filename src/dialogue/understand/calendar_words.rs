//! The words of dates and times, in Malay, English, Indonesian and some Chinese and Tamil, as people type them.

use chrono::Weekday;

use super::calendar::Item::{self, *};
use super::calendar::{Part, Third, Unit};

/// What each list of phrases says.
pub(super) const WORDS: &[(Item, &str)] = &[
    // Days counted from today.
    (
        Ahead(0),
        "hari ni, hari ini, harini, hr ni, hr ini, ari ni, arini, today, tdy, 2day, todays, hari nih, \
         harinie, tonight, tonite, 2nite, 今天, 今日, இன்று",
    ),
    (
        Ahead(1),
        "esok, besok, esk, bsok, esuk, besuk, esokk, besk, esoknya, ezok, eso, hari esok, keesokan, \
         tomorrow, tmr, tmrw, tmrrw, tmw, tmo, tomoro, tomoz, tmoz, tomorow, tommorow, tommorrow, \
         tomorro, tomorrows, 2moro, 2morow, 2morrow, 2mrw, 2mro, tmorrow, tomrw, tomm, bsk, eskk, \
         sok, 明天, 明日, நாளை, naalai, bukas",
    ),
    (
        Ahead(2),
        "lusa, luse, lusa ni, day after tomorrow, the day after tomorrow, day after tmr, \
         the day after tmr, day after tmrw, day after tomorow, day after, 后天, 後天",
    ),
    (Ahead(3), "tulat, tulad, toolat, 大后天, 大後天"),
    (Ahead(-1), "semalam, smlm, semlm, kemarin, kmrn, yesterday, ytd, ystd, hari semalam, 昨天"),
    (Ahead(-2), "kelmarin, kelmarin dulu, day before yesterday, the day before yesterday, kemarin dulu"),
    (Now, "sekarang, skrg, skang, now, right now, skrg juga, sekarang juga"),
    // Weekdays.
    (
        Weekday(Weekday::Mon),
        "isnin, isnen, isnn, isn, senin, isin, isnim, isninn, monday, mon, mondays, monde, 星期一, \
         礼拜一, 周一, 拜一, திங்கள், திங்கட்கிழமை, lunes, somvar",
    ),
    (
        Weekday(Weekday::Tue),
        "selasa, slasa, sel, slase, selase, slsa, tuesday, tue, tues, teusday, tusday, tuesdays, \
         星期二, 礼拜二, 周二, 拜二, செவ்வாய், செவ்வாய்க்கிழமை, martes",
    ),
    (
        Weekday(Weekday::Wed),
        "rabu, rab, rabo, rbu, rebo, wednesday, wed, weds, wednes, wensday, wenesday, wednesdays, \
         星期三, 礼拜三, 周三, 拜三, புதன், புதன்கிழமை, miyerkules",
    ),
    (
        Weekday(Weekday::Thu),
        "khamis, kamis, khms, kha, kms, khamsi, hamis, khmis, kemis, khamiss, thursday, thu, thur, \
         thurs, thrs, thursdays, tursday, 星期四, 礼拜四, 周四, 拜四, வியாழன், வியாழக்கிழமை, huwebes",
    ),
    (
        Weekday(Weekday::Fri),
        "jumaat, jumat, juma at, jmaat, jmt, jumaad, jmat, friday, fri, frday, fridays, 星期五, \
         礼拜五, 周五, 拜五, வெள்ளி, வெள்ளிக்கிழமை, biyernes",
    ),
    (
        Weekday(Weekday::Sat),
        "sabtu, sbtu, sab, saptu, sabtoo, saturday, saturdays, saterday, sabado, 星期六, 礼拜六, \
         周六, 拜六, சனி, சனிக்கிழமை",
    ),
    (
        Weekday(Weekday::Sun),
        "ahad, ahd, ahat, hari minggu, hr minggu, sunday, sundays, 星期日, 星期天, 礼拜天, 礼拜日, \
         周日, 拜天, ஞாயிறு, ஞாயிற்றுக்கிழமை",
    ),
    (ShortWeekday(Weekday::Fri), "jum"),
    (ShortWeekday(Weekday::Sat), "sat"),
    (ShortWeekday(Weekday::Sun), "sun"),
    // Months.
    (Month(1), "januari, januri, jan, january, janurary, januray, jnuari, janauri, janu"),
    (Month(2), "februari, febuari, feb, february, febuary, feburary, febr, pebruari, peb, febuwari, fbruari"),
    (Month(3), "mac, march, mar, maret, mach, marac, macs"),
    (Month(4), "april, apr, aprl, apil, aprill"),
    (Month(5), "mei, mey"),
    (May, "may"),
    (Month(6), "jun, june, juni"),
    (Month(7), "julai, jul, july, juli, julay"),
    (Month(8), "ogos, ogs, ogo, ogost, aug, august, agustus, agt, agustos, agu, ags, ogus, agst, ougust"),
    (Month(9), "september, sept, sep, septembe, setember, septmber"),
    (Month(10), "oktober, okt, october, oct, octber, oktobr"),
    (Month(11), "november, nov, nopember, novmber, novem"),
    (Month(12), "disember, dis, december, dec, desember, des, disembr, dicember, decem, dismber"),
    // Days of the month, stretches of days and what places them.
    (
        DayOfMonth,
        "hb, haribulan, hari bulan, hrbulan, hribulan, hr bulan, hbulan, tgl, tanggal, tggl, haribln, \
         hari bln, hbln, 号, 日, 號",
    ),
    (Suffix, "st, nd, rd, th"),
    (Unit(Unit::Day), "hari, hr, ari, day, days, hri, 天"),
    (Unit(Unit::Week), "week, weeks, wk, wks, pekan, mingguan, weeks time, 星期, 礼拜, 周"),
    (Minggu, "minggu, mgg, mggu, mingu, minggo, mnggu, mgu, minggunya"),
    (Unit(Unit::Month), "bulan, bln, month, months, mth, mths, bulannya, buln, 个月"),
    (MonthSign, "月"),
    (Unit(Unit::Year), "tahun, thn, year, years, yr, thun, 年"),
    (One(Unit::Day), "sehari, a day, satu hari, one day"),
    (One(Unit::Week), "seminggu, sminggu, a week, satu minggu, one week, sepekan"),
    (One(Unit::Month), "sebulan, sbulan, a month, satu bulan, one month"),
    (One(Unit::Year), "setahun, a year, satu tahun, one year"),
    (
        This,
        "ini, ni, nie, nih, neh, this, dis punya, coming, upcoming, akan datang, yg akan datang, \
         yang akan datang, mendatang, this coming, terdekat, nearest, yang terdekat, 这, 这个, 本",
    ),
    (
        Next,
        "depan, dpn, dpan, depn, hadapan, next, nex, nxt, nxt punya, seterusnya, berikut, berikutnya, \
         下, 下个, 下個, அடுத்த",
    ),
    (Last, "last, lalu, yang lalu, yg lalu, lps, previous, ago, sudah, terakhir, 上, 上个"),
    (Lepas, "lepas, lepaih, yang lepas, yg lepas"),
    (
        FromNow,
        "lagi, lg, from now, dari sekarang, dr sekarang, dari hari ini, dari hari ni, from today, \
         later, kemudian, akan datang lagi, s time, time, from now on",
    ),
    (In, "in, dalam masa, dlm masa, within, dalam tempoh"),
    (Third(Third::Start), "awal, early, beginning, permulaan, awl, start of, starting of, beginning of"),
    (Third(Third::Middle), "pertengahan, mid, middle, middle of, tengah"),
    (Third(Third::End), "hujung, akhir, end, end of, ujung, penghujung, hujong, hjg, penghabisan, late"),
    (
        Weekend,
        "hujung minggu, ujung minggu, hujung mggu, hjg minggu, weekend, weekends, wkend, akhir pekan, \
         hujung mgg, cuti minggu, akhir minggu, 周末",
    ),
    (
        Workdays,
        "hari bekerja, hari kerja, working day, working days, weekday, weekdays, hari biasa, \
         hari pejabat, business day, 工作日",
    ),
    // Wishes.
    (
        Earliest,
        "tarikh terdekat, slot terdekat, masa terdekat, nearest date, nearest slot, seawal mungkin, paling awal, terawal, seawal yang boleh, secepat mungkin, paling cepat, \
         tercepat, secepatnya, sesegera mungkin, segera, asap, as soon as possible, \
         as early as possible, earliest, the earliest, soonest, earliest available, first available, \
         next available, earliest possible, soon as possible, paling dekat, secepat yang mungkin, \
         cepat, cepat sikit, seberapa segera, yang paling awal, first slot, slot pertama, \
         slot paling awal, slot terawal, awal sekali, yang awal, earlier the better, \
         lebih cepat lebih baik, lagi cepat lagi bagus, lagi awal lagi bagus, 最早, 最快, 越早越好",
    ),
    (
        Latest,
        "paling lewat, selewat mungkin, paling akhir, latest, last slot, slot terakhir, slot akhir, \
         the latest, paling lambat, by, selambat lambatnya, selewat lewatnya, no later than, \
         not later than, tidak lewat dari",
    ),
    (
        Any,
        "any, any day, any date, any time, anytime, any slot, anyday, mana mana, mana 2, \
         mana mana hari, mana 2 hari, mana 2 tarikh, any day of, semua hari, setiap hari, every day, \
         all days, mana mana tarikh, mana mana masa, bila bila, bila 2, bila bila masa, apa apa, \
         apa 2, apa apa pun, mana mana pun, tak kisah, x kisah, tk kisah, xkisah, takkisah, \
         tidak kisah, ikut mana, mana pun, bila pun, up to you, whichever, whatever, whenever, \
         terserah, kapan saja, kapan aja, jam berapa saja, bebas, semua ok, semua boleh, all ok, \
         all can, no preference, i dont mind, dont mind, doesnt matter, flexible, setiap, tiap, \
         tiap tiap, every, each, setiap minggu, every week, mana ada kosong, mana yang kosong, \
         mana kosong, ikut kekosongan, yang mana mana, mana mana yang ada, anything, 随便, 都可以",
    ),
    // Ranges and choices.
    (Between, "antara, between, btwn"),
    (
        From,
        "dari, dr, drpd, daripada, from, mulai, mula, bermula, start, starting, starting from, \
         start from, since, as of, sejak, 从",
    ),
    (
        To,
        "hingga, hngga, sampai, smpai, smpi, sampe, sehingga, until, till, til, to, ke arah, s d, sd, \
         到, 至",
    ),
    (Ke, "ke"),
    (
        Or,
        "kalau takde, kalau tak ada, kalau tiada, kalau tak, kalau x ada, kalau xde, kalau x, \
         kalau tak boleh, kalau x boleh, kalau tak dapat, kalau x dapat, kalau penuh, kalau tidak, \
         klu takde, klu xde, klu tak, jika tiada, jika tak ada, jika tidak, if not, if none, if full, \
         if not available, if no slot, if cannot, if cant, otherwise",
    ),
    (Or, "atau, ataupun, or, ato, atw, either, 或, 或者, 还是, or else"),
    (And, "dan, dn, and, n, serta, dengan, juga, 和"),
    (Before, "sebelum, sblm, sblum, before, b4, bfore, sebelom, 之前"),
    (
        After,
        "selepas, slps, after, afta, slpas, setelah, sesudah, habis, lepas pukul, lps pukul, 之后, \
         以后",
    ),
    (
        Onwards,
        "or later, or after, and later, onwards, onward, ke atas, keatas, dan seterusnya, dan ke atas, and above, and after, \
         ke depan",
    ),
    (
        About,
        "sekitar, around, about, arnd, abt, lebih kurang, lbh kurang, kira kira, approx, \
         approximately, roughly, dalam, dlm, anggaran, near, hampir",
    ),
    (
        Ish,
        "ish, camtu, macam tu, mcm tu, begitu, gitu, more or less, or so, thereabouts, \
         dan ke atas sikit",
    ),
    (
        NotThis,
        "bukan, bkn, bukannya, jangan, jgn, not, except, kecuali, selain, selain dari, other than, \
         without, minus, instead of, 不, 不要",
    ),
    (
        Not,
        "tak, x, tk, tidak, tdk, taknak, xnak, tak nak, x nak, xleh, takleh, xboleh, takboleh, xbleh, \
         tak boleh, x boleh, cannot, cant, can not, dont, do not, nope, takde, xde, xda, takda, \
         tiada, tak ada, x ada, tak sempat, x sempat, gak, ga, nggak, enggak, ngga, never, \
         unavailable, unable, busy, sibuk, tak dapat, x dapat, xdpt, wont, 不行, 不能, 没有, \
         tak free, x free, avoid, elak, tolak, belum",
    ),
    (No, "no"),
    (But, "tapi, tp, tetapi, but, cuma, namun, however, nak, instead, sebaliknya, 但"),
    (Can, "boleh, blh, bole, bleh, leh, can, ada, got, sempat, bisa"),
    // Times.
    (
        At,
        "pukul, pkl, kul, kol, pukol, pkul, pkol, jam, at, pada pukul, pada jam, around at, jm, puku, \
         在",
    ),
    (Hour, "hour, hours, hrs, hr s"),
    (Part(Part::Am), "am, a m"),
    (Part(Part::Pm), "pm, p m"),
    (
        Part(Part::EarlyMorning),
        "awal pagi, early morning, pagi pagi, pagi 2, pg 2, pagi pagi lagi, early in the morning, \
         清晨",
    ),
    (
        Part(Part::Morning),
        "pagi, pg, pgi, pagii, morning, mornin, in the morning, waktu pagi, sebelah pagi, 早上, 上午, \
         早, காலை, mrng, mng, morng, pgi2",
    ),
    (
        Part(Part::Midday),
        "tengah hari, tengahari, tengahhari, tgh hari, tgh, tghari, tgh hr, t hari, tghhari, thari, \
         tengah hr, tgahari, tengari, 中午",
    ),
    (Part(Part::Afternoon), "afternoon, in the afternoon, aftrnoon, afternon, aftenoon, 下午, மதியம்"),
    (
        Part(Part::Petang),
        "petang, ptg, ptang, petg, petang petang, waktu petang, sebelah petang, sore, ptng, மாலை",
    ),
    (Part(Part::LatePetang), "lewat petang, petang sikit, late afternoon, petang lewat, lewat ptg"),
    (Part(Part::Siang), "siang, siang hari"),
    (Part(Part::Evening), "evening, in the evening, evenings, evng"),
    (Part(Part::Night), "malam, mlm, night, at night, mlam, waktu malam, malam hari, 晚上, இரவு, nite"),
    (Part(Part::Midnight), "tengah malam, tgh malam, tgh mlm, midnight"),
    (Half, "half, half past, 半"),
    (Setengah, "setengah, stgh, stengah, setgh, stgah, sethengah, stngh"),
    (Quarter, "suku, quarter, qtr, seperempat"),
    (ThreeQuarters, "tiga suku, 3 suku, three quarter, three quarters"),
    (Past, "lewat, past, lebih, lebeh"),
    (Less, "kurang"),
    (Minute, "minit, min, mins, minute, minutes, menit, mnt, minits, 分"),
    (Oclock, "oclock, o clock, oclok, tepat, sharp, 点, 點, 点钟, 時, 时, மணி, wib, hrs, teng"),
    (Noon, "noon, midday, 12 noon, high noon, noontime"),
    (
        Lunch,
        "lunch, lunch time, lunchtime, lunch hour, makan tengah hari, waktu rehat, rehat, makan, \
         lunch break, mkn, tengah hari rehat",
    ),
    (
        Prayer,
        "solat jumaat, solat jumat, jumaat prayer, friday prayer, sembahyang jumaat, solat, zohor, \
         zuhur, lohor, asar, sembahyang",
    ),
    (Work, "kerja, work, office hour, ofis"),
    // What makes a number something else.
    (Slot, "slot, slots"),
    (Choice, "nombor, nomor, number, pilihan, option, choice, bil, bilangan, num"),
    (
        Doubt,
        "batal, batalkan, cancel, kensel, penuh, full, tutup, closed, cuti, mungkin, maybe, perhaps, \
         barangkali, agaknya, birth date, lahir, born, dob, birthday, birth, tarikh lahir, tkh lahir, \
         tamat, tamat tempoh, expired, expire, expires, expiry, expiring, luput, mati, issued, \
         dikeluarkan, valid until, sah sehingga, sampai tempoh, date of birth, exp",
    ),
    (
        Address,
        "jalan, jln, lorong, lrg, taman, tmn, kampung, kg, kpg, kampong, lot, blok, block, unit, \
         tingkat, level, poskod, postcode, seksyen, seksyen, sek, bandar, apartment, apt, pangsapuri, \
         kondo, condo, rumah, felda, persiaran, lebuh, street, road, batu, presint, desa, flat, \
         menara, wisma, ppr, rt, rw, alamat, house, hse, floor, lebuhraya, parit, ladang, estet, \
         estate, ss",
    ),
    (Name, "bin, binti, bt, bte, binte, a / l, a / p, al, ap"),
    (
        Unknown,
        "sunway, selamat, setia, ahmad, julia, juliana, marc, augusto, pahang, padang, pasang, \
         monica, sandy, orang, org, pax, people, persons, person, rm, ringgit, umur, kali, juta, \
         ribu, kg kg, penang, pinang, pegang, perang, kami, kamu, besar, selesa, selama, match, \
         malas, salam, salah, masalah, jimat, belok, lekas, tahan, saat, jual, jualan, maid, permit, \
         jam lagi, jam tangan, markas, march past, petani, sahaja la, jumpa, bulat, april fool",
    ),
    (
        Date,
        "tarikh, tkh, trikh, tarik, tarikhnya, date, dated, dates, tarikh temujanji, \
         tarikh temu janji",
    ),
    (
        Filler,
        "of, how about, what about, the, on, pada, pd, utk, untuk, for, s, yang, yg, itu, tu, saya, \
         sy, sya, i, me, my, aku, nak buat, want, wan, wanna, like, would, could, please, pls, plz, \
         plis, tolong, ok, okay, okey, oke, ya, may i, may we, may be, ye, yes, lah, la, lar, je, ja, \
         jer, saja, sahaja, shj, ah, eh, kan, lorh, lor, meh, ambil, amik, pilih, pick, choose, take, \
         book, booking, tempah, appointment, apointment, appt, temujanji, temu janji, janji temu, \
         tukar, ubah, change, set, letak, buat, datang, come, go, pergi, confirm, sah, setuju, kalau, \
         klu, kalo, if, available, kosong, bagi, bg, beri, give, free, tuan, puan, cik, encik, en, \
         sir, madam, bos, boss, kak, abang, bang, salam, hai, hi, hello, thanks, tq, terima kasih, \
         i m, im, will, shall, is, it, its, be, a, an, also, pun, pula, better, baik, rasa, rasanya, \
         think, kot, kut, prefer, boleh tak, blh tak, bleh tak, boleh x, blh x, bleh x, bole x, \
         boleh ke, blh ke, boleh ke tak, can or not, ke tak, ke x, atau tak, atau tidak, or not, \
         tak boleh ke, ada tak, ada x, ok tak, ok x, available tak, ada kosong tak, kosong tak, \
         kosong x, ada kosong x, slot tak, slot x, slot kosong tak, slot kosong x, ada slot x, \
         ada slot kosong x, ada slot kosong tak, got slot or not, free tak, buka tak, buka x, \
         open tak, ah can, ada buka tak, ada slot tak, ada slot ke, ok ke, ada ke, sempat tak, \
         dapat tak, tak apa, takpa, takpe, xpe, no problem, tiada masalah, xde masalah, \
         takde masalah, tak pasti, not sure, tak sure, mau, mahu, nk, nakk, ingin, hendak, wish, \
         need, perlu, make, do, we, kita, you, awak, he, she, they, with, dgn, untuk saya, \
         hari yang sama, silap, sorry, maaf, sory, ganti, actually, sebenarnya, i mean, maksud saya, \
         dong, deh, time slot, masa, waktu, slot kosong, buka, open, there, that, then, lepas tu, \
         kemudian tu, so, jadi, dah, da, sdh, awal sikit, memang, sekali, tanya, ask, hari jadi, \
         hari apa, bila, when, kapan, macam mana, how, what, apa",
    ),
];
