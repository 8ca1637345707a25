//! Connections to mail servers: TCP without delays, TLS against the system's certificate authorities and one more.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::config::mail::{Server, Tls};

/// The longest wait for a connection, and for its handshake.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection, protected or not.
pub trait Wire: AsyncRead + AsyncWrite + Send + Sync + Unpin + fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin + fmt::Debug> Wire for T {}

/// What makes connections safe.
///
/// # Errors
///
/// When the file with the further authority cannot be read, in words for the operator.
pub fn tls(ca_file: Option<&Path>) -> Result<TlsConnector, String> {
    let mut roots = RootCertStore::empty();
    // Those that are broken are left out; a server signed by one of them will be refused.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = ca_file {
        let cannot = |error: &dyn fmt::Display| format!("{}: {error}", path.display());
        let certificates = CertificateDer::pem_file_iter(path).map_err(|error| cannot(&error))?;
        let mut any = false;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| cannot(&error))?;
            roots.add(certificate).map_err(|error| cannot(&error))?;
            any = true;
        }
        if !any {
            return Err(cannot(&"it holds no certificate"));
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Connects; a server of [`Tls::Implicit`] over TLS.
///
/// # Errors
///
/// When there is no connection within ten seconds, or its certificate is not good.
pub async fn connect(server: &Server, tls: &TlsConnector) -> io::Result<Box<dyn Wire>> {
    let tcp = patiently(TcpStream::connect((server.host.as_str(), server.port))).await?;
    // Each command is a small packet of its own, and waiting to fill it up costs 40 ms.
    tcp.set_nodelay(true)?;
    match server.tls {
        Tls::Implicit => secure(Box::new(tcp), server, tls).await,
        Tls::StartTls | Tls::None => Ok(Box::new(tcp)),
    }
}

/// Goes over to TLS on a connection.
///
/// # Errors
///
/// When the handshake fails or takes too long.
pub async fn secure(wire: Box<dyn Wire>, server: &Server, tls: &TlsConnector) -> io::Result<Box<dyn Wire>> {
    let name = ServerName::try_from(server.host.clone())
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    Ok(Box::new(patiently(tls.connect(name, wire)).await?))
}

async fn patiently<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done,
        Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "no connection within 10 s")),
    }
}
