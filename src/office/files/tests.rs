//! What the operator is told about wrong files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::super::{Office, builtin, builtin_files, read_dir, read_files, write_dir};

type Files = BTreeMap<String, Vec<u8>>;

/// The built-in files with a text replaced once.
fn edited(file: &str, from: &str, to: &str) -> Files {
    let mut files = builtin_files();
    edit(&mut files, file, from, to);
    files
}

fn edit(files: &mut Files, file: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
}

fn told(files: &Files) -> String {
    match read_files(files) {
        Ok(_) => "no mistake".to_owned(),
        Err(mistakes) => mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    }
}

fn told_of(file: &str, from: &str, to: &str) -> String {
    told(&edited(file, from, to))
}

/// The built-in files with rows added to a sheet.
fn with_rows(file: &str, rows: &str) -> String {
    let mut files = builtin_files();
    files.get_mut(file).unwrap().extend_from_slice(rows.as_bytes());
    told(&files)
}

#[test]
fn the_builtin_catalogue_is_whole() {
    let office = builtin();
    assert_eq!((office.branches().count(), office.states().count(), office.services().count()), (48, 16, 12));
    assert_eq!(office.holidays().count(), 182);
    for state in office.states() {
        assert!(office.branches_in(&state.code).next().is_some(), "{}", state.code);
    }
}

#[test]
fn what_is_written_reads_back_the_same() {
    let mut files = builtin_files();
    files.insert(
        "periods.toml".into(),
        br#"
        [[period]]
        places = ["MY-01", "KUL-UTC"]
        from = 2027-02-08
        to = 2027-03-09
        reason_ms = "Waktu \"Ramadan\""
        reason_en = "Ramadan \\ hours"
        hours.monday = "08:00-16:30"
        hours.friday = "closed"
        [[period]]
        places = ["MY"]
        from = "2027-05-01"
        hours.tuesday = "08:00-12:00"
    "#
        .to_vec(),
    );
    files.insert("exceptions.csv".into(), "\u{feff}# notes, from a spreadsheet\r\ndate,places,hours,reason_en,reason_ms\r\n\
        2027-03-09,MY,until 13:00,\"Eve, of Hari Raya\",Malam raya\r\n2027-03-08,MY-01;KUL-UTC,08:00-10:00;11:00-12:00,Special,Khas\r\n\
        2027-03-09,JHR-HQ,closed,Shut,Tutup\r\n2027-04-09,JHR-HQ,from 10:00,Late,Lewat\r\n".into());
    files.insert(
        "closures.csv".into(),
        "places,from,to,reason_ms,reason_en\nMY-12,2027-01-04,2027-01-05,Banjir,Flood\n".into(),
    );
    let office = read_files(&files).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("catalogue");
    write_dir(&office, &out).unwrap();
    assert_eq!(read_dir(&out).unwrap(), office);
    assert!(out.join("README.md").exists(), "the guide goes with it");
    assert!(write_dir(&office, &out).is_err(), "a folder with something in it is left alone");
    let document = serde_json::to_string(&office).unwrap();
    assert_eq!(serde_json::from_str::<Office>(&document).unwrap(), office);
}

#[test]
fn names_with_odd_characters_survive_the_round_trip() {
    let mut files = builtin_files();
    edit(&mut files, "branches/KDH-KULIM.toml", "\"Kulim\"", r#"'Kulim "baharu" \ — 古林'"#);
    let office = read_files(&files).unwrap();
    let dir = tempfile::tempdir().unwrap();
    write_dir(&office, dir.path()).unwrap();
    assert_eq!(read_dir(dir.path()).unwrap(), office);
}

#[test]
fn every_mistake_is_told_at_once() {
    let mut files = edited("branches/JHR-HQ.toml", "state = \"MY-01\"", "state = \"MY-21\"");
    edit(&mut files, "branches/JHR-HQ.toml", "address =", "adress =");
    edit(&mut files, "branches/JHR-HQ.toml", "VPP-PP =", "VPP-PQ =");
    edit(&mut files, "branches/KDH-KULIM.toml", "[services]", "[hour]");
    edit(&mut files, "branches/LBN-HQ.toml", "08:00-11:30, 14:00-17:00", "08:00-11:30, 11:00-17:00");
    edit(&mut files, "services.toml", "capacity = 4", "capacity = 0");
    edit(&mut files, "holidays.csv", "2026-01-14", "14/1/2026");
    files.insert("closure.csv".into(), Vec::new());
    files.remove("exceptions.csv");
    insta::assert_snapshot!(told(&files), @r#"
    branches/JHR-HQ.toml:4: "MY-21" is not a state code; state codes run from MY-01 (Johor) to MY-16 (Putrajaya); write it as MY-01
    branches/JHR-HQ.toml:5: there is no key "adress"; did you mean "address"?
    branches/JHR-HQ.toml:26: there is no service VPP-PQ; did you mean "VPP-PP"? the codes are those of services.toml
    branches/KDH-KULIM.toml:1: "services" is missing; add [services] with a line for each service
    branches/KDH-KULIM.toml:19: there is no key "hour"; did you mean "hours"?
    branches/LBN-HQ.toml:16: the span 11:00-17:00 starts before 08:00-11:30 has ended; put the spans in order and leave the break between them, or join them into one
    closure.csv: is not a file of the catalogue; rename it to closures.csv, or take it out
    exceptions.csv: is missing; add it; `temujanji office export DIR` writes a whole catalogue to start from
    holidays.csv:3: date: "14/1/2026" is not a date; write the year, month and day as 2027-02-08
    services.toml:16: capacity is 0; write a whole number from 1 to 500
    "#);
}

#[test]
fn branch_mistakes() {
    let told = |from, to| told_of("branches/KDH-KULIM.toml", from, to);
    insta::assert_snapshot!(told("code = \"KDH-KULIM\"", "code = \"KDH-HQ\""), @"branches/KDH-KULIM.toml:1: the code KDH-HQ is that of branches/KDH-HQ.toml too; give each branch its own code");
    insta::assert_snapshot!(told("code = \"KDH-KULIM\"", "code = \"Kulim!\""), @r#"branches/KDH-KULIM.toml:1: "Kulim!" is not a code; a code is 2 to 24 letters and digits in parts joined by hyphens, as JHR-HQ; write it as JHR-HQ"#);
    insta::assert_snapshot!(told("short = \"Kulim\"", "short = \"Alor Setar\""), @r#"branches/KDH-KULIM.toml:3: "Alor Setar" is also the name in branches/KDH-HQ.toml; add what tells them apart"#);
    insta::assert_snapshot!(told("name = ", "name ="), @"no mistake");
    insta::assert_snapshot!(told("name = \"Pejabat Imigresen Kulim\"", "name = \"\""), @"branches/KDH-KULIM.toml:2: name has an empty text; fill it in, or take it out");
    insta::assert_snapshot!(told("name = \"Pejabat Imigresen Kulim\"", "name = 3"), @"branches/KDH-KULIM.toml:2: name is not a text; put it in double quotes");
    insta::assert_snapshot!(told("name = \"Pejabat Imigresen Kulim\"", "name = Pejabat"), @"branches/KDH-KULIM.toml:2: is not TOML: string values must be quoted, expected literal string; write key = value, with every text in double quotes");
    insta::assert_snapshot!(told("state = \"MY-02\"", "state = \"Kedah\""), @r#"branches/KDH-KULIM.toml:4: "Kedah" is not a state code; state codes run from MY-01 (Johor) to MY-16 (Putrajaya); write it as MY-01"#);
    insta::assert_snapshot!(told("words =", "phone = \"ask Ali\"\nwords ="), @r#"branches/KDH-KULIM.toml:7: "ask Ali" is not a telephone number; write it as 03-8000 8000"#);
    insta::assert_snapshot!(told("\"Taman Seluang\"]", "7]"), @"branches/KDH-KULIM.toml:7: words is not a text; put it in double quotes");
    insta::assert_snapshot!(told("sample = [", "sample = [\"hour\", "), @r#"branches/KDH-KULIM.toml:8: there is no sample mark "hour"; did you mean "hours"? the marks are name, address, postcode, phone, hours, services, slots"#);
    insta::assert_snapshot!(told("sample = [", "sample = \"hours\"\nsampel = ["), @r#"
    branches/KDH-KULIM.toml:8: sample is not a list; write sample = ["…", "…"]
    branches/KDH-KULIM.toml:9: there is no key "sampel"; did you mean "sample"?
    "#);
    insta::assert_snapshot!(told("[sources]", "[source]"), @r#"branches/KDH-KULIM.toml:24: there is no key "source"; did you mean "sources"?"#);
}

#[test]
fn hours_mistakes() {
    let told = |to: &str| told_of("branches/KDH-KULIM.toml", "monday = \"08:00-13:00, 14:00-17:00\"", to);
    insta::assert_snapshot!(told(""), @r#"branches/KDH-KULIM.toml:10: "monday" is missing; add monday = "…""#);
    insta::assert_snapshot!(told("mon = \"08:00-13:00\""), @r#"branches/KDH-KULIM.toml:11: there is no key "mon"; did you mean "monday"?"#);
    insta::assert_snapshot!(told("monday = \"8am-5pm\""), @r#"branches/KDH-KULIM.toml:11: "8am" is not a time; write times by the 24-hour clock with a colon, from 00:00 to 23:59, as 08:00 or 14:45"#);
    insta::assert_snapshot!(told("monday = \"08:00-24:00\""), @r#"branches/KDH-KULIM.toml:11: "24:00" is not a time; write times by the 24-hour clock with a colon, from 00:00 to 23:59, as 08:00 or 14:45"#);
    insta::assert_snapshot!(told("monday = \"08:00\""), @r#"branches/KDH-KULIM.toml:11: "08:00" is not a span of opening; write spans as "08:00-13:00, 14:00-17:00", or "closed""#);
    insta::assert_snapshot!(told("monday = \"08:00-05:00\""), @"branches/KDH-KULIM.toml:11: the span 08:00-05:00 ends before it starts; put the opening time first; times are by the 24-hour clock, so 5 p.m. is 17:00");
    insta::assert_snapshot!(told("monday = \"14:00-17:00, 08:00-13:00\""), @"branches/KDH-KULIM.toml:11: the span 08:00-13:00 starts before 14:00-17:00 has ended; put the spans in order and leave the break between them, or join them into one");
    insta::assert_snapshot!(told("monday = \"\""), @"branches/KDH-KULIM.toml:11: monday has an empty text; fill it in, or take it out");
    insta::assert_snapshot!(told("monday = \"08:00-17:00\"\nmonday = \"closed\""), @"branches/KDH-KULIM.toml:12: is not TOML: duplicate key; keep the one that is meant");
    let mut files = builtin_files();
    for spans in ["08:00-13:00, 14:00-17:00", "08:00-13:00, 14:00-15:30"] {
        let text = String::from_utf8(files["branches/KDH-KULIM.toml"].clone()).unwrap();
        files.insert("branches/KDH-KULIM.toml".into(), text.replace(spans, "closed").into());
    }
    insta::assert_snapshot!(self::told(&files), @"branches/KDH-KULIM.toml:10: the branch is never open; give at least one day its hours");
}

#[test]
fn service_mistakes() {
    let told = |to| told_of("branches/KDH-KULIM.toml", "BPA-COM = { capacity = 3 }", to);
    insta::assert_snapshot!(told("BPA-KOM = {}"), @r#"branches/KDH-KULIM.toml:21: there is no service BPA-KOM; did you mean "BPA-COM"? the codes are those of services.toml"#);
    insta::assert_snapshot!(told("BPA-COM = { capacity = 0 }"), @"branches/KDH-KULIM.toml:21: capacity is 0; write a whole number from 1 to 500");
    insta::assert_snapshot!(told("BPA-COM = { capacity = 40000 }"), @"branches/KDH-KULIM.toml:21: capacity is 40000; write a whole number from 1 to 500");
    insta::assert_snapshot!(told("BPA-COM = { capacity = -1, minutes = 2.5 }"), @r"
    branches/KDH-KULIM.toml:21: capacity is -1; write a whole number from 1 to 500
    branches/KDH-KULIM.toml:21: minutes is no whole number; write a whole number from 5 to 600
    ");
    insta::assert_snapshot!(told("BPA-COM = { places = 3 }"), @r#"branches/KDH-KULIM.toml:21: there is no key "places"; the keys here are: minutes, capacity"#);
    insta::assert_snapshot!(told("BPA-COM = 3"), @"branches/KDH-KULIM.toml:21: BPA-COM is not a table; write { … } with key = value inside, or {} for none");
    insta::assert_snapshot!(told("BPA-COM = { minutes = 330 }"), @"branches/KDH-KULIM.toml:21: a slot of 330 minutes fits into no opening span; the longest is 300; shorten the slot with minutes = …, or mend the hours");
    insta::assert_snapshot!(told("bpa-com = {}\nBPA-COM = {}"), @"branches/KDH-KULIM.toml:21: BPA-COM is there twice; take one out");
    let told = |from, to| told_of("services.toml", from, to);
    insta::assert_snapshot!(told("code = \"OPS-KOM\"", "code = \"OPS-REK\"").lines().last().unwrap(), @"services.toml:223: the code OPS-REK is there twice; give each its own code");
    insta::assert_snapshot!(told("sensitive = false", "sensitive = \"no\""), @"services.toml:14: sensitive is neither true nor false; write sensitive = true or false, without quotes");
    insta::assert_snapshot!(told("https://", ""), @"services.toml:17: documents is not a web address; begin it with https://");
    insta::assert_snapshot!(told("minutes = 60\ncapacity = 4\n", "minutes = 1\n"), @r#"
    services.toml:8: "capacity" is missing; add capacity = 4
    services.toml:15: minutes is 1; write a whole number from 5 to 600
    "#);
    insta::assert_snapshot!(told_of("states.toml", "name_en = \"Johor\"", "name_zh = \"柔佛\""), @r#"states.toml:7: there is no key "name_zh"; did you mean "name_en"?"#);
}

#[test]
fn period_mistakes() {
    let told = |text: &str| {
        let mut files = builtin_files();
        files.insert("periods.toml".into(), text.into());
        self::told(&files)
    };
    insta::assert_snapshot!(told("[[period]]\nplaces = [\"JHR-HK\", \"MY-17\"]\nfrom = 2027-02-30\nhours.monday = \"closed\""), @"periods.toml:3: is not TOML: invalid date, expected day between 01 and 28; write the year, month and day as 2027-02-08");
    insta::assert_snapshot!(told("[[period]]\nplaces = [\"MY\"]\nfrom = 2027-02-08\nto = 2027-02-01\nreason_ms = \"x\"\nhours.mondy = \"closed\""), @r#"
    periods.toml:1: the reason is in one language only; give reason_ms and reason_en, or neither
    periods.toml:4: the last day, 2027-02-01, is before the first, 2027-02-08; put the earlier date into from
    periods.toml:6: there is no key "mondy"; did you mean "monday"?
    "#);
    insta::assert_snapshot!(told("[[periods]]\nfrom = 1"), @r#"periods.toml:1: there is no key "periods"; did you mean "period"?"#);
    insta::assert_snapshot!(told("[[period]]\nfrom = 1927-02-08T08:00:00\n"), @r#"
    periods.toml:1: "hours" is missing; add the days that differ, as hours.monday = "08:00-16:30"
    periods.toml:1: the period has no places; add places = ["JHR-HQ"]
    periods.toml:2: from: "1927-02-08T08:00:00" is not a date; write the year, month and day as 2027-02-08
    "#);
    let one = "[[period]]\nplaces = [\"JHR-HQ\"]\nfrom = 2027-02-08\nhours.monday = \"closed\"\n";
    insta::assert_snapshot!(told(&format!("{one}{one}")), @"periods.toml:5: the period begins on the day of the one in line 1 and names the same place and day of the week; join the two, or let them begin on different days");
}

#[test]
fn sheet_mistakes() {
    insta::assert_snapshot!(with_rows("closures.csv", "JHR-HK,2027-01-05,2027-01-04,,Flood\n"), @r#"
    closures.csv:2: reason_ms is empty; fill it in
    closures.csv:2: there is no branch or state JHR-HK; did you mean "JHR-HQ"? write MY, states as MY-01 or branches as JHR-HQ
    "#);
    insta::assert_snapshot!(with_rows("closures.csv", "\n# flood\n\nJHR-HQ,2027-01-05,2027-01-04,Banjir,Flood\n"), @"closures.csv:5: the last day, 2027-01-04, is before the first, 2027-01-05; put the earlier date into from");
    insta::assert_snapshot!(with_rows("closures.csv", "JHR-HQ,2027-01-05,2027-01-06,Banjir, jalan tutup,Flood\n"), @"closures.csv:2: the row has 6 values, the header 5 columns; put a value that has a comma in it in double quotes, and close every quote");
    insta::assert_snapshot!(with_rows("exceptions.csv", "JHR-HQ,2027-02-29,til 1pm,Malam raya,Eve\n"), @r#"
    exceptions.csv:2: "til 1pm" is not a span of opening; write hours as 08:00-13:00;14:00-16:00, or closed, or until 13:00, or from 10:00
    exceptions.csv:2: date: "2027-02-29" is not a date; write the year, month and day as 2027-02-08
    "#);
    insta::assert_snapshot!(with_rows("exceptions.csv", "JHR-HQ,2027-02-09,until 1pm,Malam raya,Eve\n"), @r#"exceptions.csv:2: "1pm" is not a time; write hours as 08:00-13:00;14:00-16:00, or closed, or until 13:00, or from 10:00"#);
    insta::assert_snapshot!(with_rows("exceptions.csv", "MY;JHR-HQ,2027-03-09,closed,a,b\nJHR-HQ,2027-03-09,until 13:00,a,b\n"), @"exceptions.csv:3: JHR-HQ has an exception for 2027-03-09 in line 2 already; keep the one that is meant");
    insta::assert_snapshot!(with_rows("holidays.csv", "2027-13-01,Cuti,Holiday,MY-77,ya,\n"), @r#"
    holidays.csv:184: "MY-77" is not a state code; state codes run from MY-01 (Johor) to MY-16 (Putrajaya); write MY, states as MY-01 or branches as JHR-HQ
    holidays.csv:184: date: "2027-13-01" is not a date; write the year, month and day as 2027-02-08
    holidays.csv:184: estimated is ""; write yes or no
    holidays.csv:184: in_lieu is "ya"; write yes or no
    "#);
    insta::assert_snapshot!(with_rows("holidays.csv", "2027-12-25,Hari Krismas,Christmas,MY,no,no\n"), @"holidays.csv:184: Hari Krismas on 2027-12-25 is in line 119 already; take one out");
    insta::assert_snapshot!(with_rows("holidays.csv", "2027-12-24,Cuti,Holiday,JHR-HQ,no,no\n"), @"holidays.csv:184: JHR-HQ is a branch, not a state; write MY or states as MY-01; to close one branch, use closures.csv");
    let told = |to| told_of("closures.csv", "places,from,to,reason_ms,reason_en", to);
    insta::assert_snapshot!(told("place,from,to,reason_ms,reason_en"), @r#"closures.csv:1: there is no column "place"; did you mean places? let the header be places,from,to,reason_ms,reason_en"#);
    insta::assert_snapshot!(told("places,from,from,reason_ms,reason_en,colour"), @r#"
    closures.csv:1: the column from is there twice; let the header be places,from,to,reason_ms,reason_en
    closures.csv:1: the column to is missing; let the header be places,from,to,reason_ms,reason_en
    closures.csv:1: there is no column "colour"; let the header be places,from,to,reason_ms,reason_en
    "#);
    insta::assert_snapshot!(told("places;from;to;reason_ms;reason_en"), @"closures.csv:1: the columns are not separated by commas; save it as CSV with commas; let the header be places,from,to,reason_ms,reason_en");
    insta::assert_snapshot!(told("# only a comment"), @"closures.csv:1: the header is missing; let the first line be places,from,to,reason_ms,reason_en");
}

#[test]
fn wrong_files() {
    let mut files = builtin_files();
    files.insert("closures.csv".into(), b" \n".to_vec());
    files.insert(
        "holidays.csv".into(),
        b"date,name_ms,name_en,states,in_lieu,estimated\n2027-01-01,Caf\xe9,".to_vec(),
    );
    files.insert("branches/JHR-HQ.txt.toml".into(), b"code = ".to_vec());
    files.insert("branches/JHR-HQ.tml".into(), b"code = ".to_vec());
    files.insert("logo.png".into(), b"x".to_vec());
    files.remove("services.toml");
    insta::assert_snapshot!(told(&files), @r"
    branches/JHR-HQ.tml: is not a file of the catalogue; give a branch's file a name ending in .toml, or take it out
    branches/JHR-HQ.txt.toml:1: is not TOML: string values must be quoted, expected literal string; write key = value, with every text in double quotes
    closures.csv: is empty; write it again; `temujanji office export DIR` gives a whole one
    holidays.csv:2: has characters that are not UTF-8; save the file again in the encoding UTF-8
    logo.png: is not a file of the catalogue; take it out; notes may stay in files ending in .md or .txt
    services.toml: is missing; add it; `temujanji office export DIR` writes a whole catalogue to start from
    ");
    files.retain(|name, _| !name.starts_with("branches/"));
    files.remove("logo.png");
    insta::assert_snapshot!(told(&files), @r"
    branches: there is no branch; add a file for each branch, as branches/JHR-HQ.toml
    closures.csv: is empty; write it again; `temujanji office export DIR` gives a whole one
    holidays.csv:2: has characters that are not UTF-8; save the file again in the encoding UTF-8
    services.toml: is missing; add it; `temujanji office export DIR` writes a whole catalogue to start from
    ");
}

#[test]
fn wrong_folders() {
    let told = |dir: &Path| {
        let mistakes = read_dir(dir).unwrap_err();
        let told = mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        told.replace(&dir.display().to_string(), "DIR")
    };
    let dir = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(told(&dir.path().join("nowhere")), @"DIR: cannot be read (No such file or directory (os error 2)); give the folder that holds states.toml, services.toml and branches/");
    insta::assert_snapshot!(told(dir.path()), @r"
    branches: there is no branch; add a file for each branch, as branches/JHR-HQ.toml
    closures.csv: is missing; add it; `temujanji office export DIR` writes a whole catalogue to start from
    exceptions.csv: is missing; add it; `temujanji office export DIR` writes a whole catalogue to start from
    holidays.csv: is missing; add it; `temujanji office export DIR` writes a whole catalogue to start from
    periods.toml: is missing; add it; `temujanji office export DIR` writes a whole catalogue to start from
    services.toml: is missing; add it; `temujanji office export DIR` writes a whole catalogue to start from
    states.toml: is missing; add it; `temujanji office export DIR` writes a whole catalogue to start from
    ");
    let out = dir.path().join("out");
    write_dir(&builtin(), &out).unwrap();
    fs::write(out.join(".hidden"), "").unwrap();
    fs::write(out.join("states.toml~"), "").unwrap();
    fs::write(out.join("notes.txt"), "").unwrap();
    assert!(read_dir(&out).is_ok());
    fs::create_dir(out.join("branch")).unwrap();
    fs::create_dir(out.join("branches/old")).unwrap();
    fs::write(out.join("branches/BIG.toml"), vec![b'#'; 5 << 20]).unwrap();
    insta::assert_snapshot!(told(&out), @r"
    branch: is not a file of the catalogue; rename it to branches, or take it out
    branches/BIG.toml: cannot be read (file too large); make it a readable file of less than 4 MB
    branches/old: is not a file of the catalogue; give a branch's file a name ending in .toml, or take it out
    ");
}
