//! `temujanji serve` as a process of its own, at a test's Bot API server.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::bound::bound;
use super::server::{BotApi, TOKEN};

/// What Telegram sends along with each call of the webhook.
pub const SECRET: &str = "a-long-random-secret-for-tests";

/// How a process is run.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Where its files are.
    pub folder: PathBuf,
    /// The database, as in the settings.
    pub database_url: String,
    /// Where it listens for the webhook; it polls when none.
    pub webhook: Option<u16>,
    /// Further settings.
    pub settings: Vec<(&'static str, String)>,
}

impl Setup {
    /// A process that polls, on a SQLite file in this folder.
    pub fn polling(folder: &Path) -> Setup {
        Setup {
            folder: folder.to_owned(),
            database_url: format!("sqlite:{}", folder.join("t.db").display()),
            webhook: None,
            settings: Vec::new(),
        }
    }

    /// With one more setting, named as in the environment.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Setup {
        self.settings.push((key, value.into()));
        self
    }

    /// With updates coming by webhook to a port.
    #[must_use]
    pub fn webhook(self, port: u16) -> Setup {
        Setup { webhook: Some(port), ..self }
    }

    /// The command line `temujanji …` with these settings and no others.
    pub fn command(&self, api: &BotApi, args: &[&str]) -> Command {
        let mut command = bound(env!("CARGO_BIN_EXE_temujanji"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TEMUJANJI_")) {
            command.env_remove(name);
        }
        command
            .args(args)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .env_remove("RUST_LOG")
            .env_remove("RUST_BACKTRACE")
            .env("TEMUJANJI_DATABASE_URL", &self.database_url)
            .env("TEMUJANJI_KEYS_FILE", self.folder.join("t.keys"))
            .env("TEMUJANJI_TELEGRAM__TOKEN", TOKEN)
            .env("TEMUJANJI_TELEGRAM__API_URL", &api.url)
            .env("TEMUJANJI_SERVE__LEASE", "1s");
        if let Some(port) = self.webhook {
            command
                .env("TEMUJANJI_TELEGRAM__WEBHOOK__URL", format!("http://127.0.0.1:{port}/hook"))
                .env("TEMUJANJI_TELEGRAM__WEBHOOK__LISTEN", format!("127.0.0.1:{port}"))
                .env("TEMUJANJI_TELEGRAM__WEBHOOK__SECRET", SECRET);
        }
        for (key, value) in &self.settings {
            command.env(format!("TEMUJANJI_{key}"), value);
        }
        command
    }

    /// Starts `temujanji serve`.
    pub fn serve(&self, api: &BotApi) -> Serving {
        let log = self.folder.join(format!("log-{}.txt", rand::random::<u64>()));
        let file = File::create(&log).unwrap();
        let mut command = self.command(api, &["serve"]);
        let child = command.stdout(file.try_clone().unwrap()).stderr(file).spawn().unwrap();
        Serving { child, log }
    }
}

/// A running `temujanji serve`. Dropping it kills it.
pub struct Serving {
    child: Child,
    log: PathBuf,
}

impl Serving {
    /// What it has written to standard output and error.
    pub fn log(&self) -> String {
        let mut text = String::new();
        File::open(&self.log).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    /// Kills it without warning.
    pub fn kill(&mut self) {
        let _gone = self.child.kill();
        let _status = self.child.wait();
    }

    /// Asks it to stop (SIGTERM) and waits for its end.
    pub fn stop(&mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        (self.child.wait().unwrap(), asked.elapsed())
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// Its number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port nobody listens on now.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Where the processes of these setups take the webhook.
pub fn hooks(setups: &[Setup]) -> Vec<String> {
    let ports = setups.iter().filter_map(|setup| setup.webhook);
    ports.map(|port| format!("http://127.0.0.1:{port}/hook")).collect()
}
