INSERT INTO closing (id, branch, first, last, begins, ends, reason, state, ordered_by, conversation, ordered_at, settled_at,
        reopen_from, reopen_to)
    VALUES (3, 'JHR-HQ', '2027-01-20', '2027-01-21', NULL, NULL, '{"ms": "Banjir", "en": "Flood"}', 'done', 'staff 1', 7, AT, AT,
        '2027-01-21', '2027-01-21');
INSERT INTO errand (conversation, reference, closing, errand, state, due_at, tries, error, offered, answer, told_conversation,
        told_turn, told_n, written_at, settled_at)
    VALUES (7, 'K7QM29XTC2', 3, BLOB, 'told', AT, 1, NULL, YES, 'accepted', 7, 2, 0, AT, AT),
        (7, NULL, NULL, BLOB, 'waiting', AT, 0, NULL, YES, NULL, NULL, NULL, NULL, AT, NULL);
