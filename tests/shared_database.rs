//! The program on a PostgreSQL server, as a person at the terminal and as its operator: what works, and what is said
//! when the server does not do its part.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod cluster;
mod person;

use std::fs;
use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cluster::Cluster;
use person::{Person, err, out, run, temujanji};
use tempfile::TempDir;
use temujanji::keys::Keys;
use temujanji::store::{PostgresStore, PostgresUrl, Store, StoreError};

fn on(url: &str, folder: &Path, args: &[&str]) -> Command {
    let mut command = temujanji(folder, args);
    command.env("TEMUJANJI_DATABASE_URL", url);
    command
}

fn chat(url: &PostgresUrl, folder: &Path, name: &str) -> Person {
    Person::of(&mut on(url.secret(), folder, &["chat", "--as", name]), folder)
}

/// From the greeting to a confirmed appointment; gives back its reference.
fn books(person: &mut Person) -> String {
    person.hears("2. English");
    person.says("2").hears("Do you agree");
    person.says("yes").hears("e-mail address");
    person.says("aminah@example.com").proves_the_mailbox();
    person.hears("full name");
    for line in
        ["Name: Aminah binti Abu\\", "IC: 900101-14-5552\\", "Phone: 012-345 6789\\", "Branch: JHR-HQ\\"]
    {
        person.says(line);
    }
    person.says("Address: No. 1, Jalan Tun Razak, 50400 Kuala Lumpur").hears("business");
    person.says("student pass").hears("date");
    person.says("1").hears("time");
    person.says("1").hears("minutes left");
    person.says("yes").hears("confirmed");
    person.hears_line("Reference number: ")
}

#[test]
fn a_person_books_and_another_process_knows() {
    let (folder, url) = (tempfile::tempdir().unwrap(), Cluster::shared().database());
    let mut aminah = chat(&url, folder.path(), "aminah");
    let reference = books(&mut aminah);
    assert!(aminah.leaves().0.success());
    let said =
        out(&run(&mut on(url.secret(), folder.path(), &["chat", "--as", "aminah"]), "my bookings\n"), 0);
    assert!(said.contains(&reference), "{said}");
    let said = out(&run(&mut on(url.secret(), folder.path(), &["doctor"]), ""), 0);
    assert!(said.contains("PostgreSQL 1"), "{said}");
    let said = out(&run(&mut on(url.secret(), folder.path(), &["db", "status"]), ""), 0);
    assert!(said.contains("up to date") && said.contains("outbox    0 waiting, 0 given up"), "{said}");
}

#[test]
fn a_server_that_is_not_there_or_refuses_is_told_with_the_mend() {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Cluster::shared();
    let said = |url: &str| err(&run(&mut on(url, folder.path(), &["chat"]), "1\n"), 1);
    let nowhere = said("postgres://postgres@localhost/d?host=/nowhere");
    assert!(nowhere.contains("the database server cannot be reached"), "{nowhere}");
    assert!(nowhere.contains("see that it runs, and that database_url names its host and port"), "{nowhere}");
    let missing = said(cluster.url("postgres", "no_such").secret());
    assert!(missing.contains("no such database: make it with `createdb NAME`"), "{missing}");
    let unknown = said(cluster.url("nobody", "postgres").secret());
    assert!(unknown.contains("refuses the login: see user and password"), "{unknown}");
    let sql = "CREATE ROLE crowded LOGIN CONNECTION LIMIT 0";
    cluster.run("psql", &["-U", "postgres", "-qc", sql, "postgres"]).unwrap();
    let crowded = said(cluster.url("crowded", "postgres").secret());
    assert!(crowded.contains("no connection left: raise its max_connections"), "{crowded}");
    assert!(
        !folder.path().join("temujanji.keys").exists(),
        "no keys are made for a server that was not reached"
    );

    let url = cluster.database();
    out(&run(&mut on(url.secret(), folder.path(), &["chat"]), "1\n"), 0);
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
            VALUES (9999, 'of the future', TRUE, '', 1);
        UPDATE schema_floor SET oldest = 9999";
    cluster.run("psql", &["-qc", newer, url.secret()]).unwrap();
    let newer = said(url.secret());
    assert!(newer.contains("changed by a newer version of this program (schema 9999"), "{newer}");
    fs::remove_file(folder.path().join("temujanji.keys")).unwrap();
    let keyless = said(url.secret());
    assert!(keyless.contains("the key file temujanji.keys is missing"), "{keyless}");
}

#[test]
fn a_password_and_tls_are_asked_for_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Cluster::guarded();
    let (port, ca) = (cluster.port(), cluster.certificate().display().to_string());
    let url = |password: &str, more: &str| {
        format!("postgres://staff:{password}@localhost:{port}/postgres?sslmode={more}")
    };
    let said = |url: &str, code| {
        let output = run(&mut on(url, folder.path(), &["db", "migrate"]), "");
        if code == 0 { out(&output, 0) } else { err(&output, code) }
    };
    let good = said(&url("pa55", &format!("verify-full&sslrootcert={ca}")), 0);
    assert!(good.contains("schema 0 is now") && !good.contains("pa55"), "{good}");
    let wrong = said(&url("wrong", &format!("verify-full&sslrootcert={ca}")), 1);
    assert!(wrong.contains("refuses the login") && !wrong.contains("wrong"), "{wrong}");
    let strange = said(&url("pa55", "verify-full"), 1);
    assert!(strange.contains("cannot be reached") && strange.contains("certificate"), "{strange}");
}

#[test]
fn a_restart_of_the_server_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Cluster::durable(&[]);
    let url = cluster.database();
    let mut aminah = chat(&url, folder.path(), "aminah");
    aminah.hears("2. English");
    cluster.crash();
    aminah.says("2").hears("Sebentar, sila tunggu.");
    thread::sleep(Duration::from_secs(1));
    cluster.recover();
    let heard = aminah.hears("Do you agree");
    assert!(!heard.contains("Sebentar"), "asked for patience once: {heard}");
    // Connections that the old server has left behind are passed over.
    cluster.crash();
    cluster.recover();
    aminah.says("yes").hears("e-mail address");
    assert!(aminah.leaves().0.success());
}

/// A way to a server that can forget those who are on it: nothing they send arrives, and nobody tells them.
struct Way {
    folder: TempDir,
    forgotten: Arc<AtomicU64>,
}

impl Way {
    fn to(cluster: &Cluster) -> Way {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).unwrap();
        let (server, forgotten) = (cluster.socket(), Arc::new(AtomicU64::new(0)));
        let forgetting = Arc::clone(&forgotten);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let there = UnixStream::connect(&server).unwrap();
                let back = (there.try_clone().unwrap(), client.try_clone().unwrap());
                let born = forgetting.load(Ordering::SeqCst);
                for (mut from, mut to) in [(client, there), back] {
                    let forgetting = Arc::clone(&forgetting);
                    thread::spawn(move || {
                        let mut bytes = [0; 8192];
                        while let Ok(1..) = from.read(&mut bytes).inspect(|read| {
                            if forgetting.load(Ordering::SeqCst) == born {
                                let _gone = to.write_all(bytes.get(..*read).unwrap());
                            }
                        }) {}
                    });
                }
            }
        });
        Way { folder, forgotten }
    }

    fn url(&self, database: &PostgresUrl) -> PostgresUrl {
        let (before, _) = database.secret().split_once("?host=").unwrap();
        PostgresUrl::parse(&format!("{before}?host={}", self.folder.path().display())).unwrap()
    }

    fn forgets(&self) {
        self.forgotten.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_the_network_forgot_are_left_within_seconds() {
    let cluster = Cluster::durable(&[]);
    let way = Way::to(&cluster);
    let folder = tempfile::tempdir().unwrap();
    let keys = Arc::new(Keys::load_or_create(&folder.path().join("t.keys")).unwrap());
    let url = way.url(&cluster.database());
    let store = PostgresStore::open(&url, 4, keys.clone()).await.unwrap();
    // All connections are made.
    let (a, b, c, d) =
        tokio::join!(store.health(false), store.health(false), store.health(false), store.health(false));
    for health in [a, b, c, d] {
        health.unwrap();
    }
    tokio::time::sleep(Duration::from_secs(6)).await;
    way.forgets();
    let begun = Instant::now();
    let now = temujanji::clock::now();
    store.health(false).await.unwrap();
    store.alive(now, now).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());

    // On one that was used just now, somebody waits in vain; that is told as what may pass, and nobody else does.
    let store = PostgresStore::open(&url, 4, keys).await.unwrap();
    store.alive(now, now).await.unwrap();
    way.forgets();
    let first = store.alive(now, now).await;
    assert!(matches!(first, Err(StoreError::Unreachable { .. })), "{first:?}");
    let begun = Instant::now();
    for _ in 0..4 {
        store.health(false).await.unwrap();
        store.alive(now, now).await.unwrap();
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn a_replica_is_read_and_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let primary = Cluster::durable(&["fsync = off"]);
    let (url, replica) = (primary.database(), primary.replica());
    let asked = |sql| primary.run("psql", &["-Atc", sql, url.secret()]).unwrap().trim().to_owned();
    let behind = replica.url("postgres", &asked("SELECT current_database()"));
    let mut aminah = chat(&url, folder.path(), "aminah");
    let reference = books(&mut aminah);
    assert!(aminah.leaves().0.success());
    let ask = |args: &[&str]| run(&mut on(behind.secret(), folder.path(), args), "1\n");
    let date = asked("SELECT date FROM place");
    let list = ["bookings", "--branch", "JHR-HQ", "--date", &date];
    let mut said = String::new();
    // It follows in its own time.
    for _ in 0..100 {
        said = out(&ask(&list), 0);
        if said.contains(&reference) {
            break;
        }
        thread::sleep(Duration::from_millis(100));
    }
    assert!(said.contains(&reference), "{said}");
    let said = out(&ask(&["db", "status"]), 0);
    assert!(said.contains("up to date"), "{said}");
    out(&ask(&["audit"]), 0);
    for args in [&["chat"][..], &["serve"]] {
        let said = err(&ask(args), 1);
        assert!(said.contains("lets nobody write: it is a replica"), "{args:?}: {said}");
    }
}

#[test]
fn a_file_is_moved_to_a_server_whole() {
    let (folder, url) = (tempfile::tempdir().unwrap(), Cluster::shared().database());
    let mut aminah = Person::starts(folder.path(), "aminah");
    let reference = books(&mut aminah);
    assert!(aminah.leaves().0.success());
    let copy = ["db", "copy", "sqlite:temujanji.db", url.secret()];
    let said = out(&run(&mut temujanji(folder.path(), &copy), ""), 0);
    assert!(said.contains("1  conversation") && said.contains("1  profile"), "{said}");
    assert!(said.contains("all of temujanji.db is in postgres://"), "{said}");
    let said =
        out(&run(&mut on(url.secret(), folder.path(), &["chat", "--as", "aminah"]), "my bookings\n"), 0);
    assert!(said.contains(&reference), "{said}");
    // Another person gets a conversation of their own: the counter goes on.
    out(&run(&mut on(url.secret(), folder.path(), &["chat", "--as", "ravi"]), "2\n"), 0);
    let again = err(&run(&mut temujanji(folder.path(), &copy), ""), 1);
    assert!(again.contains("rows already: nothing was copied; name an empty database"), "{again}");
    let wrong = err(&run(&mut temujanji(folder.path(), &["db", "copy", url.secret(), "sqlite:x.db"]), ""), 2);
    assert!(wrong.contains("only sqlite: can be copied, and only into postgres:"), "{wrong}");
}

/// As the operations page tells it.
#[test]
fn a_backup_is_restored() {
    let (folder, url) = (tempfile::tempdir().unwrap(), Cluster::shared().database());
    let mut aminah = chat(&url, folder.path(), "aminah");
    let reference = books(&mut aminah);
    assert!(aminah.leaves().0.success());
    let cluster = Cluster::shared();
    let (dump, restored) = (cluster.file("backup.dump"), cluster.database());
    cluster.run("pg_dump", &["-Fc", "-f", &dump, url.secret()]).unwrap();
    cluster.run("pg_restore", &["--no-owner", "-d", restored.secret(), &dump]).unwrap();
    let chat = ["chat", "--as", "aminah"];
    let said = out(&run(&mut on(restored.secret(), folder.path(), &chat), "my bookings\n"), 0);
    assert!(said.contains(&reference), "{said}");
    let said = out(&run(&mut on(restored.secret(), folder.path(), &["doctor"]), ""), 0);
    assert!(!said.contains("BAD"), "{said}");
}
