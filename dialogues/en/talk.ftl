### Greeting and the course of the conversation.

talk-welcome =
    Welcome to appointment booking for the Immigration Department of Malaysia.
    Here you can make, change and cancel appointments at the counter.
    Booking is free. The Department has appointed no agents or middlemen.

# $limit (Number): the most characters that are read.
talk-too-long = Sorry, that message is too long. Please send no more than { $limit } characters. Your other answers are kept.

talk-stale = That choice belongs to an earlier question. Please answer the question below.

talk-edited = An edited message is not read again. To correct an answer, type CHANGE, or send it as a new message.

talk-forwarded = Forwarded messages are not read as answers. Please type your answer, or copy the text and send it.

talk-stopped = The unfinished booking has been stopped and its details deleted. Confirmed appointments are not affected.

talk-restarted = The booking starts again. Confirmed appointments are not affected.

talk-started-afresh = The system has been updated, and part of your unfinished booking can no longer be read. The answers that remain are kept; please answer the questions that are left.

talk-language-now = You have chosen English.

talk-at-the-start = This is the first question, so there is none before it.
