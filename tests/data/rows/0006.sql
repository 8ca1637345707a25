INSERT INTO staff (id, name, role, reach, invited_at, invitation, invited_until, channel, contact, address, joined_at, removed_at,
        list_at, listed_on)
    VALUES (NIL, BLOB, 'officer', '{"branches": ["JHR-HQ"]}', AT, NULL, NULL, 'telegram', BLOB, BLOB, AT, NULL, '07:30:00',
        '2027-01-05'),
        (ONE, BLOB, 'admin', '{}', AT, BLOB, AT, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO audit (id, at, staff, act, branch, reference, details)
    VALUES (NIL, AT, NIL, 'looked', 'JHR-HQ', 'K7QM29XTC2', BLOB), (ONE, AT, NULL, 'invited', NULL, NULL, BLOB);
INSERT INTO note (reference, at, staff, text) VALUES ('K7QM29XTC2', AT, NIL, BLOB);
UPDATE place SET attendance = 'arrived', attended_at = AT WHERE state = 'booked';
UPDATE block SET reason = BLOB, staff = NIL;
