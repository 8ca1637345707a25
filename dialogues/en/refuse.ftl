### Answers that were not accepted: what is wrong, and what to type instead.

# $field (String): what was asked for, as in field-name.
refuse-empty = Sorry, the { $field } is still empty. Please type the { $field }.

# $field (String): what was asked for, as in field-name.
refuse-lookalike = Sorry, that { $field } has digits or letters of another script. Please type it again with ordinary digits 0–9 and letters A–Z.

refuse-email-none = Sorry, there is no e-mail address in that answer. Please type the whole address with the @ sign, for example nama@example.com.

refuse-email-several = Sorry, there is more than one e-mail address. Please type only one, for example nama@example.com.

refuse-email-shape = Sorry, that e-mail address is not complete or is mistyped. Please type it again without spaces, for example nama@example.com.

refuse-email-domain = Sorry, the part after the @ sign is not complete. Please type all of it, for example nama@gmail.com and not nama@gmail.

# $max (Number): the most characters there may be.
refuse-email-length = Sorry, that e-mail address is too long; at most { $max } characters. Please check it and type it again.

refuse-name-too-short = Sorry, that name is too short. Please type the full name as on the identity document, for example Siti Aminah binti Ali.

# $got (Number): characters given.
# $max (Number): the most characters there may be.
refuse-name-too-long = Sorry, that name has { $got } characters; at most { $max }. Please type only the name, as on the identity document.

refuse-name-digit = Sorry, a name cannot have digits in it. Please type the full name, for example Siti Aminah binti Ali.

# $found (String): the mark.
refuse-name-mark = Sorry, a name cannot have “{ $found }” in it. Please type it as on the identity document, for example Siti Aminah binti Ali.

refuse-name-is-email = Sorry, that is an e-mail address, not a name. Please type the full name, for example Siti Aminah binti Ali.

# $got (Number): digits given.
refuse-mykad-length =
    Sorry, an identity card number has 12 digits, but you typed { $got ->
        [one] { $got } digit
       *[other] { $got } digits
    }. Please type it again, for example 900101-14-5551.

# $found (String): the first such character.
refuse-mykad-character = Sorry, an identity card number cannot have “{ $found }” in it. Please type 12 digits only, for example 900101-14-5551.

refuse-mykad-date = Sorry, the first six digits of an identity card number are a date of birth (year, month, day), and there is no such date. Please check it and type it again, for example 900101-14-5551.

# $code (String): the seventh and eighth digit.
refuse-mykad-birthplace = Sorry, the seventh and eighth digit ({ $code }) are not a birthplace code in use. Please check the number and type it again, for example 900101-14-5551. If it is right, type PASSPORT to use a passport, or call MyGCC 03-8000 8000.

refuse-old-card = Sorry, that looks like an old identity card number. Please type the number with 12 digits, for example 900101-14-5551. If it is a passport number, type PASSPORT first.

refuse-is-passport = Sorry, that looks like a passport number. Please type the identity card number with 12 digits, for example 900101-14-5551, or type PASSPORT to use a passport.

refuse-is-mykad = Sorry, that looks like an identity card number. Please type the passport number, for example A12345678, or type IDENTITY CARD to use an identity card.

# $got (Number): letters and digits given.
# $min (Number): the fewest there may be.
# $max (Number): the most there may be.
refuse-passport-length = Sorry, a passport number has { $min } to { $max } letters and digits, but you typed { $got }. Please type it again, for example A12345678.

# $found (String): the first such character.
refuse-passport-character = Sorry, a passport number cannot have “{ $found }” in it. Please type letters and digits only, for example A12345678.

refuse-passport-no-digit = Sorry, a passport number has digits in it. Please type the number on the main page of the passport, for example A12345678.

refuse-passport-zeros = Sorry, the digits of a passport number cannot all be zero. Please type the number on the passport, for example A12345678.

refuse-passport-filler = Sorry, the sign “<” is not part of a passport number. Please type it again without that sign, for example A12345678.

refuse-passport-machine-zone = Sorry, that is a whole line from the foot of the passport’s main page. Please type only the passport number, for example A12345678.

# $got (Number): characters given.
# $min (Number): the fewest there may be.
# $max (Number): the most there may be.
refuse-document-length = Sorry, a document number has { $min } to { $max } characters, but you typed { $got }. Please type it again, for example AB-123456.

# $found (String): the first such character.
refuse-document-character = Sorry, a document number cannot have “{ $found }” in it. Please type letters, digits, - and / only, for example AB-123456.

refuse-document-no-digit = Sorry, a document number has digits other than zero in it. Please type the number on the document, for example AB-123456.

refuse-phone-none = Sorry, there is no telephone number in that answer. Please type the applicant’s number, for example 012-345 6789.

refuse-phone-letters = Sorry, a telephone number cannot have letters in it. Please type digits only, for example 012-345 6789.

# $found (String): the first such character.
refuse-phone-character = Sorry, a telephone number cannot have “{ $found }” in it. Please type digits only, for example 012-345 6789.

refuse-phone-is-email = Sorry, that is an e-mail address, not a telephone number. Please type the applicant’s number, for example 012-345 6789.

refuse-phone-several = Sorry, there is more than one number. Please type only one, for example 012-345 6789.

# $got (Number): digits given.
refuse-phone-length =
    Sorry, a telephone number of { $got ->
        [one] { $got } digit
       *[other] { $got } digits
    } is not complete or is too long. Please check it and type it again, for example 012-345 6789, or +62 812 3456 7890 if it is abroad.

# $got (Number): digits given.
# $expected (Number): the right number of digits.
refuse-phone-length-of = Sorry, that number should have { $expected } digits, but you typed { $got }. Please check it and type it again, for example 012-345 6789.

refuse-phone-no-area-code = Sorry, that number has no code in front of it. Please begin with 0, for example 012-345 6789 or 03-8000 8000, or with + if it is abroad.

# $code (String): the area code with its leading 0.
refuse-phone-area-code = Sorry, the code { $code } is not used in Malaysia. Please check the number and type it again, for example 012-345 6789. A number abroad begins with +.

refuse-phone-needs-plus = Sorry, that looks like a number abroad. Please type it with + and the country code, for example +62 812 3456 7890.

refuse-phone-country-code = Sorry, no country has that code. Please check the digits after the +, for example +62 812 3456 7890 for Indonesia or +880 1712 345678 for Bangladesh.

refuse-phone-not-own = Sorry, that is an emergency or service number. Please type a number at which the applicant can be reached, for example 012-345 6789.

refuse-phone-zeros = Sorry, the digits of a telephone number cannot all be zero. Please type the applicant’s number, for example 012-345 6789.

refuse-address-no-postcode = Sorry, that address has no five-digit postcode. Please type the full address, for example No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur. For an address abroad, write the name of the country.

# $postcode (String): the postcode given.
refuse-address-no-state = Sorry, the postcode { $postcode } was not found. Please check it, or write the state at the end of the address, for example 53100 Kuala Lumpur.

refuse-address-no-street = Sorry, that address has no road, housing estate or village. Please type the full address, for example No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur.

# $got (Number): characters given.
# $max (Number): the most characters there may be.
refuse-address-too-long = Sorry, that address has { $got } characters; at most { $max }. Please type only number, road, postcode and town.

refuse-reference-shape = Sorry, that is not a reference number. It is on the slip: ten letters and digits, for example K7Q-M29-XTC2.

refuse-reference-check = Sorry, that reference number is mistyped. Please check it on the slip and type it again.
