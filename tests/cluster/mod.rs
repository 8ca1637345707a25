//! A PostgreSQL server of the tests' own: a private cluster in a temporary folder, on a socket, stopped and removed when
//! the test program ends, however it ends.

#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of it")]

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use temujanji::store::PostgresUrl;

/// Where Debian puts the programs of each version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// A running server.
pub(crate) struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    /// The user the server runs as: it refuses to be run by root.
    owner: Option<(u32, u32)>,
    /// Runs the server until its standard input ends, then stops it and removes the folder.
    keeper: Child,
    port: u16,
    databases: AtomicU32,
}

/// Starts the server `$1` on the folder `$2` and waits until nobody holds the pipe any more.
const KEEPER: &str = r#"
"$1/pg_ctl" -D "$2/data" -l "$2/log" -w -t 60 start >/dev/null 2>&1
echo started
read -r _
"$1/pg_ctl" -D "$2/data" -m immediate -w stop >/dev/null 2>&1
rm -rf "$2"
"#;

impl Cluster {
    /// One for all the tests of a program, quick and forgetful: in memory where there is such a folder.
    pub(crate) fn shared() -> &'static Cluster {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| {
            let memory = Path::new("/dev/shm");
            let above = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
            Cluster::start(&above, &["fsync = off", "max_connections = 300"])
        })
    }

    /// One whose commits wait for the disk.
    pub(crate) fn durable(more: &[&str]) -> Cluster {
        Cluster::start(&std::env::temp_dir(), more)
    }

    /// One that is reached by network, with TLS and the password of a user `staff`, `pa55`.
    pub(crate) fn guarded() -> Cluster {
        let (folder, owner) = folder(&std::env::temp_dir());
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let root = authority.self_signed(&key).unwrap();
        let server_key = KeyPair::generate().unwrap();
        let server = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let server = server.signed_by(&server_key, &Issuer::new(authority, key)).unwrap();
        for (name, text) in [
            ("root.pem", root.pem()),
            ("server.pem", server.pem()),
            ("server.key", server_key.serialize_pem()),
        ] {
            let path = folder.join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            if let Some((user, group)) = owner {
                chown(&path, Some(user), Some(group)).unwrap();
            }
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (certificate, key) = (folder.join("server.pem"), folder.join("server.key"));
        let mut cluster = Cluster::start_in(
            folder,
            owner,
            &[
                &format!("port = {port}\nlisten_addresses = 'localhost'\nssl = on"),
                &format!("ssl_cert_file = '{}'\nssl_key_file = '{}'", certificate.display(), key.display()),
            ],
            Some("local all all trust\nhostssl all all all scram-sha-256\n"),
        );
        let staff = "CREATE ROLE staff LOGIN SUPERUSER PASSWORD 'pa55'";
        cluster.run("psql", &["-p", &port.to_string(), "-U", "postgres", "-qc", staff, "postgres"]).unwrap();
        cluster.port = port;
        cluster
    }

    /// A replica that follows this one.
    pub(crate) fn replica(&self) -> Cluster {
        let (folder, owner) = folder(&std::env::temp_dir());
        let data = folder.join("data").display().to_string();
        self.run("pg_basebackup", &["-U", "postgres", "-c", "fast", "-R", "-D", &data]).unwrap();
        let config = Path::new(&data).join("postgresql.conf");
        let mut config = fs::OpenOptions::new().append(true).open(config).unwrap();
        writeln!(config, "unix_socket_directories = '{}'", folder.display()).unwrap();
        Cluster::run_in(folder, owner)
    }

    fn start(above: &Path, settings: &[&str]) -> Cluster {
        let (folder, owner) = folder(above);
        Cluster::start_in(folder, owner, settings, None)
    }

    /// Rules say who may come in, where not everybody may.
    fn start_in(
        folder: PathBuf,
        owner: Option<(u32, u32)>,
        settings: &[&str],
        rules: Option<&str>,
    ) -> Cluster {
        let data = folder.join("data");
        let mut initdb = as_owner(Command::new(programs().join("initdb")), owner);
        initdb.args(["-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C", "-D"]).arg(&data);
        let made = initdb.output().unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let mut config = fs::OpenOptions::new().append(true).open(data.join("postgresql.conf")).unwrap();
        writeln!(config, "listen_addresses = ''\nunix_socket_directories = '{}'", folder.display()).unwrap();
        for setting in settings {
            writeln!(config, "{setting}").unwrap();
        }
        drop(config);
        if let Some(rules) = rules {
            fs::write(data.join("pg_hba.conf"), rules).unwrap();
        }
        Cluster::run_in(folder, owner)
    }

    /// Runs the server whose data is in this folder.
    fn run_in(folder: PathBuf, owner: Option<(u32, u32)>) -> Cluster {
        let programs = programs();
        let mut keeper = as_owner(Command::new("sh"), owner);
        keeper.args(["-c", KEEPER, "keeper"]).arg(&programs).arg(&folder);
        // A group of its own, so that an interrupt meant for the tests does not end the keeper before its work.
        keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        let mut keeper = keeper.spawn().unwrap();
        let mut line = String::new();
        let out = keeper.stdout.take().unwrap();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).unwrap();
        let cluster = Cluster { folder, programs, owner, keeper, port: 5432, databases: AtomicU32::new(0) };
        assert!(cluster.is_up(), "the server did not start: {}", cluster.log());
        cluster
    }

    /// The port it listens on, where it is reached by network.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The certificate of the authority that signed its own.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.join("root.pem")
    }

    /// A file in its folder, which its programs may write.
    pub(crate) fn file(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    fn is_up(&self) -> bool {
        self.folder.join("data/postmaster.pid").is_file()
    }

    /// Runs one of the server's programs on it; what it printed.
    pub(crate) fn run(&self, program: &str, args: &[&str]) -> Result<String, String> {
        let mut command = as_owner(Command::new(self.programs.join(program)), self.owner);
        let out = command.env("PGHOST", &self.folder).args(args).output().unwrap();
        if out.status.success() {
            Ok(String::from_utf8_lossy(&out.stdout).into_owned())
        } else {
            Err(String::from_utf8_lossy(&out.stderr).into_owned())
        }
    }

    /// A new, empty database.
    pub(crate) fn database(&self) -> PostgresUrl {
        let name = format!("d{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.run("psql", &["-U", "postgres", "-qc", &format!("CREATE DATABASE {name}"), "postgres"]).unwrap();
        self.url("postgres", &name)
    }

    /// Where it is listened to.
    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }

    /// How a user reaches a database.
    pub(crate) fn url(&self, user: &str, database: &str) -> PostgresUrl {
        let socket = self.folder.display();
        PostgresUrl::parse(&format!("postgres://{user}@localhost/{database}?host={socket}")).unwrap()
    }

    /// Stops the server as a crash would.
    pub(crate) fn crash(&self) {
        self.control(&["-m", "immediate", "-w", "stop"]);
    }

    /// Starts it after a crash.
    pub(crate) fn recover(&self) {
        let log = self.folder.join("log");
        self.control(&["-l", &log.display().to_string(), "-w", "-t", "60", "start"]);
    }

    fn control(&self, args: &[&str]) {
        let mut command = as_owner(Command::new(self.programs.join("pg_ctl")), self.owner);
        command.arg("-D").arg(self.folder.join("data")).args(args);
        // Not piped: the server would keep the pipe open.
        let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(done.success(), "pg_ctl {args:?}: {}", self.log());
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let start = Instant::now();
        while self.keeper.try_wait().is_ok_and(|ended| ended.is_none())
            && start.elapsed() < Duration::from_secs(20)
        {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// A new folder that the server's user owns.
fn folder(above: &Path) -> (PathBuf, Option<(u32, u32)>) {
    let owner = owner();
    let folder = tempfile::Builder::new().prefix("temujanji-pg-").tempdir_in(above).unwrap().keep();
    if let Some((user, group)) = owner {
        chown(&folder, Some(user), Some(group)).unwrap();
    }
    (folder, owner)
}

/// Where the newest server's programs are.
fn programs() -> PathBuf {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .max();
    match newest {
        Some((_, programs)) if programs.join("initdb").is_file() => programs,
        _ => panic!("there is no PostgreSQL server below {DEBIAN}: tests/run installs it"),
    }
}

/// The user `postgres`, when root runs the tests; the package makes it.
fn owner() -> Option<(u32, u32)> {
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        return None;
    }
    let id = |what| {
        let out = Command::new("id").args([what, "postgres"]).output().unwrap();
        String::from_utf8_lossy(&out.stdout).trim().parse().unwrap()
    };
    Some((id("-u"), id("-g")))
}

fn as_owner(mut command: Command, owner: Option<(u32, u32)>) -> Command {
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    command.current_dir("/");
    command
}
