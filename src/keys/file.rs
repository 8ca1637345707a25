//! The key file: made once, read at every start.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::Generate;
use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::SigningKey;
use serde::Deserialize;

use super::Keys;

/// Why there are no keys. The operator's to mend; each says how.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// No such file.
    #[error(
        "the key file {path} is missing. Put it back from the backup: without it, what the database holds \
         sealed cannot be read again"
    )]
    Missing {
        /// The key file.
        path: PathBuf,
    },
    /// The file is there but cannot be read.
    #[error("the key file {path} cannot be read: {source}. Let the user who runs temujanji read it")]
    Read {
        /// The key file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file holds something else than keys.
    #[error("the key file {path} is damaged: {what}. Put it back from the backup")]
    Damaged {
        /// The key file.
        path: PathBuf,
        /// What is wrong and where; never what stands there.
        what: String,
    },
    /// A new file could not be made.
    #[error(
        "the key file {path} cannot be made: {source}. Let the user who runs temujanji write to its folder, or \
         give a key file of your own"
    )]
    Create {
        /// The key file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    master: String,
    slip: Vec<SlipSeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SlipSeed {
    id: u32,
    seed: String,
}

impl Keys {
    /// Reads the key file, making it first if there is none.
    ///
    /// The file appears whole and readable by its owner only; of two processes that start at once, both
    /// end with the same keys.
    ///
    /// # Errors
    ///
    /// [`KeysError`], naming the file and the mend.
    pub fn load_or_create(path: &Path) -> Result<Keys, KeysError> {
        match Keys::load(path) {
            Err(KeysError::Missing { .. }) => {
                create(path).map_err(|source| KeysError::Create { path: path.to_owned(), source })?;
                Keys::load(path)
            }
            read => read,
        }
    }

    /// Reads the key file.
    ///
    /// # Errors
    ///
    /// [`KeysError`], naming the file and the mend; [`KeysError::Missing`] if there is none.
    pub fn load(path: &Path) -> Result<Keys, KeysError> {
        let text = fs::read_to_string(path).map_err(|source| {
            let path = path.to_owned();
            if source.kind() == ErrorKind::NotFound {
                KeysError::Missing { path }
            } else if source.kind() == ErrorKind::InvalidData {
                KeysError::Damaged { path, what: "it is not text".to_owned() }
            } else {
                KeysError::Read { path, source }
            }
        })?;
        warn_if_open(path);
        parse(&text).map_err(|what| KeysError::Damaged { path: path.to_owned(), what })
    }
}

fn parse(text: &str) -> Result<Keys, String> {
    // Not the error's own text: that shows the line, and the line may hold the secret.
    let file: KeyFile = toml::from_str(text).map_err(|error| match error.span() {
        Some(span) => {
            let line = text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1;
            format!("line {line} is not as `temujanji` writes it")
        }
        None => "it is not as `temujanji` writes it".to_owned(),
    })?;
    let master = secret(&file.master).ok_or("`master` is not 32 bytes in base64")?;
    let mut slip = BTreeMap::new();
    for SlipSeed { id, seed } in file.slip {
        let seed =
            secret(&seed).ok_or_else(|| format!("the seed of slip key {id} is not 32 bytes in base64"))?;
        if slip.insert(id, SigningKey::from_bytes(&seed)).is_some() {
            return Err(format!("slip key {id} stands there twice"));
        }
    }
    if slip.is_empty() {
        return Err("it has no [[slip]] key".to_owned());
    }
    Ok(Keys::derive(&master, slip))
}

fn secret(text: &str) -> Option<[u8; 32]> {
    BASE64.decode(text.trim().as_bytes()).ok()?.try_into().ok()
}

/// Writes the whole file under a passing name and links it to its own: the link fails if another
/// process was faster, and then that one's keys are taken.
fn create(path: &Path) -> io::Result<()> {
    let random: [u8; 8] = random()?;
    let mut name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_owned();
    name.push(format!(".{}.new", HEXLOWER.encode(&random)));
    let passing = path.with_file_name(name);

    let linked = write(&passing, &contents()?).and_then(|()| match fs::hard_link(&passing, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    });
    let removed = fs::remove_file(&passing);
    linked.and(removed)?;
    #[cfg(unix)]
    File::open(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?
        .sync_all()?;
    Ok(())
}

fn write(path: &Path, contents: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    file.write_all(contents.as_bytes())?;
    file.sync_all()
}

fn contents() -> io::Result<String> {
    let (master, seed) = (BASE64.encode(&random::<32>()?), BASE64.encode(&random::<32>()?));
    Ok(format!(
        "# The secret keys of temujanji. Keep a copy apart from the database, where nobody else reads it:\n\
         # without this file, what the database holds sealed cannot be read again.\n\
         master = \"{master}\"\n\
         \n\
         # Signs slips. To change the key, add another [[slip]] with the next id and a seed from\n\
         # `openssl rand -base64 32`: the highest id signs, and slips signed before stay good.\n\
         [[slip]]\n\
         id = 1\n\
         seed = \"{seed}\"\n"
    ))
}

fn random<const N: usize>() -> io::Result<[u8; N]> {
    <[u8; N]>::try_generate().map_err(io::Error::other)
}

#[cfg(unix)]
fn warn_if_open(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_or(0, |data| data.permissions().mode());
    if mode & 0o007 != 0 {
        tracing::warn!(path = %path.display(), "the key file can be read by every user of this machine; chmod 600 it");
    }
}

#[cfg(not(unix))]
fn warn_if_open(_: &Path) {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn made_once_and_for_the_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        assert!(matches!(Keys::load(&path), Err(KeysError::Missing { .. })));

        let made = Keys::load_or_create(&path).unwrap();
        let read = Keys::load_or_create(&path).unwrap();
        assert_eq!(read.open("x", &made.seal("x", b"Aminah")).unwrap(), b"Aminah");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left in the folder");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn processes_that_start_at_once_agree() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        let hashes: BTreeSet<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..16)
                .map(|_| scope.spawn(|| Keys::load_or_create(&path).unwrap().hash("x", "Aminah")))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(hashes.len(), 1);
    }

    #[test]
    fn a_damaged_file_is_named_and_its_secrets_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        let good = contents().unwrap();
        for (bad, told) in [
            (String::new(), "line 1"),
            (good.replace("master = ", "master : "), "line 3"),
            (good.replace("id = 1", "id = \"one\""), "line 8"),
            (good.replace("[[slip]]", "[[slop]]"), "not as `temujanji` writes it"),
            (good.replace("master = \"", "master = \"A"), "`master` is not 32 bytes"),
            (good.replace("seed = \"", "seed = \"A"), "seed of slip key 1"),
            (format!("{good}[[slip]]\nid = 1\nseed = \"{}\"\n", BASE64.encode(&[7; 32])), "twice"),
        ] {
            fs::write(&path, &bad).unwrap();
            let said = Keys::load_or_create(&path).unwrap_err().to_string();
            assert!(said.contains("keys.toml") && said.contains("backup"), "{said}");
            assert!(said.contains(told), "{said}");
            assert!(!good.lines().any(|line| line.contains(" = \"") && said.contains(line)), "{said}");
        }
    }
}
