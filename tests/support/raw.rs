//! A server below HTTP: it answers connections byte for byte, cuts them, or says nothing.

#![allow(dead_code, reason = "each test file uses its share")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What to do with a request.
#[derive(Clone)]
pub enum Act {
    /// Send these bytes and close.
    Send(String),
    /// Say nothing, for ever.
    Silence,
}

/// A server that does the same with every request.
pub struct Raw {
    pub base_url: String,
    pub port: u16,
    requests: Arc<AtomicUsize>,
}

impl Raw {
    pub async fn serve(act: Act) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(answer(stream, act.clone(), Arc::clone(&counter)));
            }
        });
        Self {
            base_url: format!("http://127.0.0.1:{port}/v1"),
            port,
            requests,
        }
    }

    /// How many requests came.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

async fn answer(mut stream: TcpStream, act: Act, requests: Arc<AtomicUsize>) {
    receive(&mut stream).await;
    requests.fetch_add(1, Ordering::SeqCst);
    match act {
        Act::Send(bytes) => stream.write_all(bytes.as_bytes()).await.unwrap(),
        Act::Silence => std::future::pending().await,
    }
}

/// Reads one request to its end; its body.
pub async fn receive(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.trim().parse::<usize>().unwrap())
            });
            if body.len() >= length.unwrap_or(0) {
                return body.to_owned();
            }
        }
        if stream.read_buf(&mut bytes).await.unwrap() == 0 {
            return String::new();
        }
    }
}

/// A whole HTTP answer.
pub fn http(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}
