//! What only a file can suffer.

use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use temujanji::dialogue::Language;
use temujanji::keys::Keys;
use temujanji::store::{Held, NewOutgoing, SqliteStore, StoreError};

use crate::home::{File, Home};
use crate::kit::{Town, monday, slot};

async fn open_failure(file: &File) -> StoreError {
    match file.try_open().await {
        Ok(_) => panic!("it opened"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn another_key_file_is_noticed() {
    let mut file = File::on_disk();
    file.open().await.close().await;
    file.keys = Arc::new(Keys::load_or_create(&file.folder.path().join("other")).unwrap());
    let error = open_failure(&file).await;
    assert!(matches!(error, StoreError::WrongKeys), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone() {
    let file = File::on_disk();
    std::fs::write(file.path(), "Nama: Aminah\n".repeat(1000)).unwrap();
    let error = open_failure(&file).await;
    assert!(matches!(error, StoreError::Corrupt), "{error}");
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), "Nama: Aminah\n".repeat(1000));
}

#[tokio::test]
async fn a_file_that_cannot_be_made_says_why() {
    let keys = File::on_disk().keys;
    for (path, hint) in [("/nowhere/at/all/temujanji.db", "No such file"), ("/", "folder")] {
        match SqliteStore::open(path.as_ref(), Arc::clone(&keys)).await {
            Err(error @ StoreError::CannotOpen { .. }) => {
                assert!(error.to_string().contains(hint), "{error}")
            }
            Err(error) => panic!("{error}"),
            Ok(_) => panic!("{path} opened"),
        }
    }
}

#[tokio::test]
async fn a_locked_database_is_waited_for_and_then_reported() {
    let file = File::on_disk();
    let raw = Connection::open(file.path()).unwrap();
    let town = Town::new(file, false).await;
    raw.execute_batch("BEGIN IMMEDIATE").unwrap();
    let aminah = town.person("aminah");
    let error = match town.same_store().turn(&aminah.contact, "1", monday()).await {
        Ok(_) => panic!("two write at once"),
        Err(error) => error,
    };
    assert!(matches!(error, StoreError::Locked) && error.is_retryable(), "{error}");
    raw.execute_batch("ROLLBACK").unwrap();
    aminah.books(&slot(20, 9)).await;
}

/// As SQLite does by itself when the disk is full or fails.
#[tokio::test]
async fn a_transaction_undone_from_below_fails_all_its_turns_and_no_other() {
    let town = Town::new(File::on_disk(), false).await;
    let fail = "CREATE TRIGGER fail BEFORE INSERT ON profile BEGIN SELECT RAISE(ROLLBACK, 'no room'); END";
    town.home.run(fail).await;
    let bad = async {
        let siti = town.person("siti").proved();
        let mut turn = siti.turn().await;
        let Held::Held { hold, .. } = siti.asks_in(&mut *turn, &slot(20, 9), None).await else { panic!() };
        tokio::time::sleep(Duration::from_millis(20)).await;
        let mut chance = town.chance();
        let failed = turn.confirm(hold.id, &siti.applicant, Language::Ms, &town.rules, &mut chance).await;
        assert!(matches!(failed, Err(StoreError::Other(_))), "{failed:?}");
        assert!(matches!(turn.profile(&siti.applicant.email).await, Err(StoreError::Repeat)));
        assert!(matches!(turn.commit().await, Err(StoreError::Repeat)));
    };
    let good = async |name: &str| {
        let person = town.person(name);
        let mut turn = person.turn().await;
        turn.save("kept").await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
        turn.commit().await.is_ok()
    };
    // They come in this order; the first waits for a commit that the second brings down.
    let ((), first, last) = {
        let (first, bad, last) = tokio::join!(good("aminah"), bad, good("ravi"));
        (bad, first, last)
    };
    assert_eq!((first, last), (false, true));
    assert_eq!(town.home.count("SELECT count(*) FROM conversation").await, 1);
    assert_eq!(town.home.count("SELECT count(*) FROM place").await, 0);
    town.person("aminah").books(&slot(20, 9)).await;
    town.is_sound().await;
}

#[tokio::test]
async fn nothing_personal_can_be_read_in_the_file() {
    let file = File::on_disk();
    let folder = file.folder.path().to_owned();
    let town = Town::new(file, false).await;
    let aminah = town.person("aminah").proved();
    aminah.books(&slot(20, 9)).await;
    let mut turn = aminah.turn().await;
    turn.save("state of aminah").await.unwrap();
    turn.put_code(&aminah.applicant.email, "491827", &town.rules).await.unwrap();
    let body = "letter to aminah";
    turn.queue(&NewOutgoing { to: &aminah.contact, kind: "reply", body, mass: false }).await.unwrap();
    turn.commit().await.unwrap();
    let (identity, phone) = (aminah.applicant.identity.canonical(), "345678");
    let number = identity.split(':').next_back().unwrap();
    for name in ["temujanji.db", "temujanji.db-wal"] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        for secret in ["aminah", "Ujian", "Meldrum", "491827", number, phone] {
            let found =
                bytes.windows(secret.len()).any(|window| window.eq_ignore_ascii_case(secret.as_bytes()));
            assert!(!found, "{secret} stands in {name}");
        }
    }
}

#[tokio::test]
async fn the_file_and_those_beside_it_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let file = File::on_disk();
    let store = file.open().await;
    for name in ["temujanji.db", "temujanji.db-wal", "temujanji.db-shm"] {
        let rights = std::fs::metadata(file.folder.path().join(name)).unwrap().permissions();
        assert_eq!(rights.mode() & 0o077, 0, "{name}");
    }
    store.close().await;
}
