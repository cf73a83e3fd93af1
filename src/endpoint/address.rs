//! Where an endpoint is, and whether text and keys may go there.
//!
//! Law: what identifies an address in messages, journals and reports holds neither user nor query.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;

/// The base URL of an endpoint, taken apart.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    url: Url,
}

impl Address {
    /// Reads a base URL such as `https://api.openai.com/v1`. The path of the chat route, if somebody copied it along,
    /// is taken off.
    ///
    /// # Errors
    /// What is wrong with it, in words; never the address itself, which may hold a password.
    pub fn parse(base_url: &str) -> Result<Self, &'static str> {
        let mut url =
            Url::parse(base_url.trim()).map_err(|_| "it is no URL such as https://api.example.org/v1")?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("it must begin with http:// or https://");
        }
        if !url.has_host() {
            return Err("it names no host");
        }
        let path = url.path().trim_end_matches('/');
        let path = path.strip_suffix("/chat/completions").unwrap_or(path).to_owned();
        url.set_path(&path);
        url.set_fragment(None);
        Ok(Self { url })
    }

    /// The URL of a route below the base, its query kept (Azure: `?api-version=…`).
    #[must_use]
    pub fn route(&self, route: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(&format!("{}/{route}", self.url.path().trim_end_matches('/')));
        url
    }

    /// Host, and port where it is not the usual one: `api.openai.com`, `127.0.0.1:11434`.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        match self.url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// The address without user, query and fragment.
    #[must_use]
    pub fn plain(&self) -> String {
        let path = self.url.path().trim_end_matches('/');
        format!("{}://{}{path}", self.url.scheme(), self.host())
    }

    /// Whether the host is this machine: `localhost` (RFC 6761, §6.3) or a loopback address.
    #[must_use]
    pub fn is_local(&self) -> bool {
        let host = self.url.host_str().unwrap_or_default().trim_end_matches('.');
        let ip = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>();
        match ip {
            Ok(IpAddr::V6(ip)) => ip.to_canonical().is_loopback(),
            Ok(IpAddr::V4(ip)) => ip.is_loopback(),
            Err(_) => host == "localhost" || host.ends_with(".localhost"),
        }
    }

    /// Whether the text travels unencrypted.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// Whether user or password stand in the address.
    #[must_use]
    pub fn has_credentials(&self) -> bool {
        !self.url.username().is_empty() || self.url.password().is_some()
    }

    /// A local name with the addresses it must mean, whatever a resolver says; none for an IP address.
    #[must_use]
    pub fn pinned(&self) -> Option<(&str, [SocketAddr; 2])> {
        let host = self.url.host_str()?;
        let port = self.url.port_or_known_default()?;
        let named = self.is_local()
            && host
                .trim_start_matches('[')
                .trim_end_matches(']')
                .parse::<IpAddr>()
                .is_err();
        named.then(|| {
            (
                host,
                [
                    (Ipv4Addr::LOCALHOST, port).into(),
                    (Ipv6Addr::LOCALHOST, port).into(),
                ],
            )
        })
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Address").field(&self.plain()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    #[test]
    fn routes_are_below_the_base_whatever_its_end() {
        for base in [
            "https://a.org/v1",
            "https://a.org/v1/",
            "https://a.org/v1/chat/completions",
            " https://a.org/v1 ",
        ] {
            assert_eq!(
                address(base).route("chat/completions").as_str(),
                "https://a.org/v1/chat/completions"
            );
        }
        assert_eq!(
            address("http://a.org:81").route("models").as_str(),
            "http://a.org:81/models"
        );
        let azure = address("https://a.org/openai?api-version=1").route("chat/completions");
        assert_eq!(
            azure.as_str(),
            "https://a.org/openai/chat/completions?api-version=1"
        );
    }

    #[test]
    fn neither_user_nor_query_is_shown() {
        let secret = address("https://me:pa55@a.org:444/v1?key=k3y#x");
        assert_eq!(secret.plain(), "https://a.org:444/v1");
        assert_eq!(secret.host(), "a.org:444");
        assert!(secret.has_credentials());
        assert_eq!(format!("{secret:?}"), "Address(\"https://a.org:444/v1\")");
    }

    #[test]
    fn loopback_is_known_by_name_and_by_number() {
        for local in [
            "localhost",
            "LOCALHOST:1",
            "a.localhost",
            "127.0.0.1:11434",
            "127.9.9.9",
            "[::1]:8080",
            "2130706433",
        ] {
            assert!(address(&format!("http://{local}/v1")).is_local(), "{local}");
        }
        for far in [
            "a.org",
            "10.0.0.1",
            "0.0.0.0",
            "[::2]",
            "localhost.a.org",
            "127.0.0.1.a.org",
            "notlocalhost",
        ] {
            assert!(!address(&format!("http://{far}/v1")).is_local(), "{far}");
        }
    }

    #[test]
    fn localhost_is_pinned_to_this_machine() {
        let (name, addresses) = address("http://localhost:81/v1")
            .pinned()
            .map(|(n, a)| (n.to_owned(), a))
            .unwrap();
        assert_eq!(name, "localhost");
        assert!(
            addresses
                .iter()
                .all(|address| address.ip().is_loopback() && address.port() == 81)
        );
        assert!(address("http://127.0.0.1/").pinned().is_none());
        assert!(address("http://a.org/").pinned().is_none());
    }

    #[test]
    fn what_is_no_address_is_said_without_repeating_it() {
        for wrong in [
            "",
            "api.a.org/v1",
            "localhost:8080",
            "file:///etc/passwd",
            "ftp://a.org",
        ] {
            assert!(Address::parse(wrong).is_err(), "{wrong}");
        }
    }
}
