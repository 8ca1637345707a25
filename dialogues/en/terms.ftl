### Terms and conditions. The ten terms of STO (sto.imi.gov.my/e-temujanji/home.php), reworded.
### When their meaning changes, TERMS_VERSION is raised and everyone is asked to agree again.

# $version (Number): version of the terms and the notice.
terms-all =
    Terms and conditions (version { $version })
    1. Whoever books first gets the slot. Slots are limited; if one is full, please choose another.
    2. A booking can be made up to three months before the appointment, while there are vacancies.
    3. Choose a date and time within that office’s counter hours; hours differ between branches.
    4. Be there at least 30 minutes early. The Department may cancel if you are late.
    5. Applicants who abuse this system on purpose are blocked.
    6. Bring complete documents.
    7. The appointment details are sent by e-mail; please print and bring them.
    8. The applicant answers for the information given; the Department may check it.
    9. Payment is by ATM/debit card or credit card only.
    10. The documents needed are listed on the official site, www.imi.gov.my.

terms-needed = A booking can be made only if you agree to the terms and conditions and the privacy notice. If you do not wish to go on, type STOP.
