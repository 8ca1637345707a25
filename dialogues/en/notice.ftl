### Privacy notice. The items follow section 7 of the Personal Data Protection Act 2010 (Act 709).
### When its meaning changes, TERMS_VERSION is raised and everyone is asked to agree again.

# $version (Number): version of the terms and the notice.
notice-short =
    Privacy notice (version { $version })
    The applicant’s e-mail address, name, identity number, address and telephone number are needed to manage this appointment, and for nothing else. All are compulsory; without them no appointment can be made.
    Only officers on duty can see them. Telegram messages and e-mail pass through servers of others, some of them abroad.
    Type PRIVACY to read the whole notice.

# $version (Number): version of the terms and the notice.
notice-whole =
    Privacy notice (version { $version })

    What is asked for: the applicant’s e-mail address, name, number of the identity card, passport or other document, address and telephone number, and the branch, service, date and time chosen. The time of your agreement is also recorded.

    Purpose: to make, confirm, change and cancel appointments, to send the slip, and to serve the applicant at the counter. The information is used for nothing else.

    Source: you yourself. Details from an earlier booking are offered again only after your e-mail address has been verified.

    Who receives it: officers on duty at the branch chosen, and those who run this system. If you use Telegram or e-mail, your messages pass through the servers of that provider, which may be abroad.

    Security: identity numbers are stored encrypted, and only their last characters are shown in messages and on the slip.

    Compulsory: all of this information must be given. Without it no appointment can be made.

    Your choices: if you do not wish to use Telegram, please book by e-mail. Type STOP to delete a booking that is not confirmed, or CANCEL to cancel an appointment.

    How long it is kept: for as long as the appointment needs it; then it is deleted.

    Your rights: type MY BOOKINGS to see your appointments, and CHANGE to correct details before they are confirmed. For access, correction, deletion, withdrawal of consent or complaints, please contact the Department at www.imi.gov.my or MyGCC 03-8000 8000.
