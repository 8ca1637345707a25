### The form that is filled in at once, by mail.

# The form follows.
ask-form =
    Please fill in the form below: type each answer after its colon (:) and send this reply. In Malay or English, in any order.
    Dates for example: 5 Jan, 5/1, next Monday. Times for example: 9.30 a.m. Date and time may be left empty; what is free will be sent to you.
    The identity number is that of an identity card, a passport or another document.

# The lines around the form. Found again in replies: nothing else may be put in these lines.
form-begins = --- Form ---
form-ends = --- End of form ---

# A label of the form: at most four words, for YES or NO to the terms and the notice.
form-agree = Agree to terms (YES/NO)

unclear-form = Sorry, that answer was not understood. Please fill in the form below, one answer after each colon.

talk-attachments = Attachments are neither opened nor kept. Please type the details in the e-mail itself.
