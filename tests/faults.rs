//! What a person at the terminal sees when the machine does not do its part: each time a sentence with the mend, and
//! never a lost booking.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod person;

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use person::{Person, alone, err, out, run, temujanji};

/// A database after the first start.
fn started(folder: &Path) {
    out(&run(&mut temujanji(folder, &["chat", "--as", "first"]), "1\n"), 0);
}

/// `temujanji` as a user who may not do everything: root may write where nobody else may.
fn as_nobody(folder: &Path, args: &[&str]) -> Command {
    if !am_root() {
        return temujanji(folder, args);
    }
    let mut command = Command::new("setpriv");
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", env!("CARGO_BIN_EXE_temujanji")];
    command.args(nobody).args(args);
    alone(&mut command, folder);
    command
}

fn am_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

/// Hands a folder and what is in it to nobody, with these rights.
fn give_away(folder: &Path, folder_mode: u32, file_mode: u32) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        hand_over(&path, file_mode);
    }
    hand_over(folder, folder_mode);
}

fn hand_over(path: &Path, mode: u32) {
    if am_root() {
        chown(path, Some(65534), Some(65534)).unwrap();
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_folder_that_may_not_be_written() {
    let folder = tempfile::tempdir().unwrap();
    give_away(folder.path(), 0o555, 0o444);
    let said = err(&run(&mut as_nobody(folder.path(), &["chat"]), "1\n"), 1);
    assert!(said.contains("the key file temujanji.keys cannot be made"), "{said}");
    assert!(said.contains("Let the user who runs temujanji write to its folder"), "{said}");
    let said = out(&run(&mut as_nobody(folder.path(), &["doctor"]), ""), 1);
    assert!(said.contains("BAD   database") && said.contains("BAD   mail"), "{said}");
}

#[test]
fn a_database_that_may_not_be_written() {
    let folder = tempfile::tempdir().unwrap();
    started(folder.path());
    give_away(folder.path(), 0o555, 0o444);
    let said = err(&run(&mut as_nobody(folder.path(), &["chat"]), "1\n"), 1);
    assert!(said.contains("the database cannot be written: give this program's user the right"), "{said}");
}

#[test]
fn a_damaged_database() {
    let folder = tempfile::tempdir().unwrap();
    started(folder.path());
    for file in ["temujanji.db-wal", "temujanji.db-shm"] {
        let _ = fs::remove_file(folder.path().join(file));
    }
    fs::write(folder.path().join("temujanji.db"), "Dear diary, ".repeat(1000)).unwrap();
    let tells = || {
        for command in ["chat", "tidy"] {
            let said = err(&run(&mut temujanji(folder.path(), &[command]), "1\n"), 1);
            assert!(
                said.contains("the database file is damaged or is no database: restore it from a back-up"),
                "{said}"
            );
        }
    };
    tells();
    let said = out(&run(&mut temujanji(folder.path(), &["doctor"]), ""), 1);
    assert!(said.contains("BAD   database   the database file is damaged"), "{said}");
    fs::remove_file(folder.path().join("temujanji.keys")).unwrap();
    tells();
}

#[test]
fn keys_that_are_lost_or_of_another_database() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    started(folder.path());
    started(other.path());
    fs::copy(other.path().join("temujanji.keys"), folder.path().join("temujanji.keys")).unwrap();
    let said = err(&run(&mut temujanji(folder.path(), &["chat"]), "1\n"), 1);
    assert!(said.contains("the key file does not belong to this database"), "{said}");
    fs::remove_file(folder.path().join("temujanji.keys")).unwrap();
    let said = err(&run(&mut temujanji(folder.path(), &["chat"]), "1\n"), 1);
    assert!(said.contains("the key file temujanji.keys is missing. Put it back from the backup"), "{said}");
    assert!(!folder.path().join("temujanji.keys").exists(), "no new one is made in its place");
}

#[test]
fn a_locked_database() {
    let folder = tempfile::tempdir().unwrap();
    started(folder.path());
    let mut aminah = Person::starts(folder.path(), "aminah");
    aminah.hears("2. English");
    let other = rusqlite::Connection::open(folder.path().join("temujanji.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    aminah.says("2").hears("Maaf, berlaku masalah");
    aminah.hears("the database is busy: another process is writing to it");
    other.execute_batch("ROLLBACK").unwrap();
    aminah.says("2").hears("Do you agree");
    assert!(aminah.leaves().0.success());
}

#[test]
fn a_mail_folder_that_cannot_be_made() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mail"), "in the way").unwrap();
    let mut aminah = Person::starts(folder.path(), "aminah");
    aminah.hears("2. English");
    aminah.says("2").says("agree").says("aminah@example.com");
    aminah.hears("type the six-digit code");
    let said = aminah.hears("tried again when you write next");
    assert!(said.contains("The mail could not be saved (mail cannot be written: "), "{said}");
    // The first retry is half a minute later.
    fs::remove_file(folder.path().join("mail")).unwrap();
    std::thread::sleep(Duration::from_secs(37));
    aminah.says("help").proves_the_mailbox().hears("has been verified");
    assert!(aminah.leaves().0.success());
}

#[test]
fn a_slips_folder_that_cannot_be_made_harms_no_booking() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("slips"), "in the way").unwrap();
    let mut aminah = Person::starts(folder.path(), "aminah");
    aminah.hears("2. English");
    aminah.says("2").says("agree").says("aminah@example.com").proves_the_mailbox();
    for text in
        ["Aminah binti Abu", "900101-14-5551", "No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur"]
    {
        aminah.says(text);
    }
    aminah.says("012-345 6789").says("KL").says("jalan duta").says("study pass").hears("choose a date");
    aminah.says("1").says("1").says("yes").hears("Reference number: ");
    aminah.hears("The slip could not be saved");
    aminah.hears("Your appointment stands.");
    aminah.hears("mail saved: ");
    fs::remove_file(folder.path().join("slips")).unwrap();
    aminah.says("slip").hears("slip saved: ");
    assert!(aminah.leaves().0.success());
}

/// A small file system of its own, which fills up and is emptied again.
#[test]
fn a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let program = env!("CARGO_BIN_EXE_temujanji");
    let script =
        format!("mount -t tmpfs -o size=4m tmpfs disk && cd disk && exec {program} chat --as aminah");
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &script]);
    alone(&mut command, folder.path());
    let mut aminah = Person::of(&mut command, folder.path());
    aminah.hears("2. English");
    // The file system is seen by nobody but the process.
    let filler = format!("/proc/{}/root{}/filler", aminah.pid(), disk.display());
    fs::write(&filler, vec![0; 4 << 20]).unwrap_err();
    aminah.says("2").hears("Maaf, berlaku masalah");
    aminah.hears("the disk that holds the database is full: make room, then try again; nothing was lost");
    fs::remove_file(filler).unwrap();
    aminah.says("2").hears("Do you agree");
    assert!(aminah.leaves().0.success());
}
