### Help: what can be typed, and where to ask.

# The words in capitals are what `dialogue::understand` takes for these commands; a test holds the two together.
help-all =
    Answer in your own words, or type the number of a choice.
    At any time you can type:

    BOOK – make a new booking
    BACK – the question before
    CHANGE – correct a detail, for example CHANGE ADDRESS
    START AGAIN – begin the booking again
    STOP – stop the unfinished booking
    MY BOOKINGS – see your appointments
    RESCHEDULE – change the date or time of an appointment
    CANCEL – cancel an appointment
    SLIP – send the slip again
    NEW CODE – send the e-mail code again
    LANGUAGE – change language
    QUESTIONS – where to ask
    DOCUMENTS – what to bring
    TERMS – terms and conditions
    PRIVACY – privacy notice
    CONTINUE ELSEWHERE – go on by Telegram or e-mail

    Several answers can be sent in one message, one on each line:

    Name: Siti Aminah binti Ali
    Identity card: 900101-14-5551
    Branch: Kajang

# Where the addresses come from, none of them checked on the live web:
# Portal Rekalibrasi: the Director General, thesundaily.my and theedgemalaysia.com, 18 January 2023.
# SMO: mingguanwanita.my and samdailytimes.org, 2018. My Travel Pass: the Director General, republika.co.id, 8 October 2020.
# ePLKS@JIM: the Department's own questions and answers at imigresen-online.imi.gov.my/plks-borneo/main?faq.
# SPO: antaranews.com, 9 November 2020. MyGCC: foot of www.imi.gov.my.
help-questions =
    Questions about immigration matters can be asked at:

    Portal Rekalibrasi (recalibration): https://imigresen-online.imi.gov.my/myimms/main
    SMO (Sistem Maid Online): https://maid-online.imi.gov.my
    My Travel Pass: https://mtp.imi.gov.my
    ePLKS@JIM (work pass renewal): https://imigresen-online.imi.gov.my
    Anything else: Sistem Pertanyaan Online (SPO) at www.imi.gov.my, or MyGCC 03-8000 8000

help-documents = The documents for each service are listed on the Department’s official site, www.imi.gov.my. Please bring the complete originals.
