### Answers that were not understood: what is wanted, with an example.

unclear-email = Sorry, that e-mail address was not understood. Please type the whole address, for example nama@example.com.

unclear-name = Sorry, that name was not understood. Please type the full name in letters, for example Siti Aminah binti Ali.

unclear-identity = Sorry, that document was not understood. Please choose the kind of document, or type its number, for example 900101-14-5551 or A12345678.

unclear-address = Sorry, that address was not understood. Please type house number, road, postcode and town, for example No. 12, Jalan Mawar 3/4, 53100 Kuala Lumpur.

unclear-phone = Sorry, that telephone number was not understood. Please type a number like 012-345 6789, or with + if it is abroad.

unclear-state = Sorry, that state was not understood. Please type the name of a state or a town, for example Selangor or Kajang.

unclear-branch = Sorry, that branch was not understood. Please type a town, building or road, for example Kajang, UTC Sentul or Jalan Duta.

unclear-service = Sorry, that service was not understood. Please use other words, for example passport, domestic helper or worker permit.

# $example (String): a date as people type it.
unclear-date = Sorry, that date was not understood. Please type day, month and year, for example { $example }; tomorrow or Monday will do, too.

unclear-slot = Sorry, that time was not understood. Please type a time, for example 9.30 a.m. or 2.30 p.m.

unclear-choice = Sorry, that answer was not understood. Please choose one of those below, or type its number.

unclear-yes-no = Sorry, that answer was not understood. Please answer YES or NO.

unclear-code = Sorry, that is not a verification code. Please type the six digits in the latest e-mail, for example 123456.

unclear-language = Sorry, that language was not understood. Please type BAHASA MELAYU or ENGLISH.

unclear-which-field = Sorry, that answer was not understood. Please type what you want to correct, for example address or date.
