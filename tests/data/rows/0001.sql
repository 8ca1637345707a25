-- A row or two in every table of the first schema. BLOB, AT, NIL and YES stand for each database's own forms.
INSERT INTO office (version, document, imported_at) VALUES (1, '{"branches": {}}', AT);
INSERT INTO key_check (one, hash) VALUES (1, BLOB);
INSERT INTO conversation (id, channel, contact, turn, state, active_at) VALUES (7, 'terminal', BLOB, 3, BLOB, AT);
INSERT INTO delivery (conversation, key, turn, handled_at) VALUES (7, 'one', 1, AT), (7, 'two', 2, AT);
INSERT INTO code (conversation, email, sent_at, until, hash, tries, spent) VALUES (7, BLOB, AT, AT, BLOB, 1, YES);
INSERT INTO outbox (conversation, turn, n, channel, kind, message, state, due_at, tries, error, written_at, settled_at)
    VALUES (7, 1, 0, 'terminal', 'talk', NULL, 'sent', AT, 1, NULL, AT, AT),
        (7, 2, 0, 'email', 'code', BLOB, 'waiting', AT, 2, 'no server', AT, NULL);
INSERT INTO slot (branch, service, date, time, taken) VALUES ('JHR-HQ', 'BKE', '2027-01-20', '09:00:00', 2);
INSERT INTO place (branch, date, time, id, service, minutes, ends_at, state, takes, until, conversation, identity,
        instead_of, reference, sequence, queue, language, email, applicant, written_at)
    VALUES ('JHR-HQ', '2027-01-20', '09:00:00', NIL, 'BKE', 60, AT, 'booked', YES, NULL, 7, BLOB, NULL, 'K7QM29XTC2', 0, 1,
        'ms', BLOB, BLOB, AT),
    ('JHR-HQ', '2027-01-20', '09:00:00', ONE, 'BKE', 60, AT, 'held', YES, AT, 7, BLOB, NULL, NULL, 0, NULL, NULL, NULL,
        NULL, AT);
INSERT INTO branch_day (branch, date, queue) VALUES ('JHR-HQ', '2027-01-20', 1);
INSERT INTO claim (identity, service, place, until) VALUES (BLOB, 'BKE', NIL, AT);
INSERT INTO block (identity, until) VALUES (BLOB, AT);
INSERT INTO profile (email, applicant, written_at) VALUES (BLOB, BLOB, AT);
