//! A browser that is nothing but its cookies.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use tower::ServiceExt;

/// A page as it came.
#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Page {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where it leads on to.
    pub fn leads_to(&self) -> Option<&str> {
        self.headers.get(header::LOCATION)?.to_str().ok()
    }

    /// The value of the first hidden field of this name.
    pub fn hidden(&self, name: &str) -> String {
        let text = self.text();
        let field = format!("name=\"{name}\" value=\"");
        let value = text.split(&field).nth(1).unwrap_or_default();
        value.split('"').next().unwrap_or_default().to_owned()
    }

    pub fn shows(&self, part: &str) -> bool {
        self.text().contains(part)
    }

    /// The text of the element marked `data-testid="id"`, as far as it has no elements in it.
    pub fn element(&self, id: &str) -> Option<String> {
        let text = self.text();
        let behind = text.split(&format!("data-testid=\"{id}\"")).nth(1)?.split_once('>')?.1;
        Some(behind.split('<').next()?.to_owned())
    }
}

/// What stands between the fields of a form with a file.
const BOUNDARY: &str = "----a-line-no-file-has";

/// One browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self {
            router,
            cookies: BTreeMap::new(),
        }
    }

    pub async fn get(&mut self, address: &str) -> Page {
        self.send(Method::GET, address, Vec::new()).await
    }

    /// Sends a form with the token of the page it stands on.
    pub async fn post(&mut self, page: &str, address: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.get(page).await.hidden("token");
        let mut all = vec![("token", token.as_str())];
        all.extend(fields);
        self.post_bare(address, &all).await
    }

    /// Sends a form as it is.
    pub async fn post_bare(&mut self, address: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.send(Method::POST, address, body.into_bytes()).await
    }

    /// Hands a file in with the fields of the form on `page`; the form's token comes first, as it stands there.
    pub async fn hand_in(
        &mut self,
        page: &str,
        address: &str,
        fields: &[(&str, &str)],
        name: &str,
        file: &[u8],
    ) -> Page {
        let token = self.get(page).await.hidden("token");
        let mut all = vec![("token", token.as_str())];
        all.extend(fields);
        self.hand_in_bare(address, &all, name, file).await
    }

    /// Hands a file in with these fields and no others.
    pub async fn hand_in_bare(&mut self, address: &str, fields: &[(&str, &str)], name: &str, file: &[u8]) -> Page {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send_as(Method::POST, address, &kind, body).await
    }

    pub fn cookie(&self, name: &str) -> Option<&String> {
        self.cookies.get(name)
    }

    /// Signs in, and chooses a password of one's own where that is asked for.
    pub async fn sign_in(&mut self, account: &str, password: &str) {
        let entered = self
            .post("/sign-in", "/sign-in", &[("account", account), ("password", password)])
            .await;
        assert_eq!(entered.leads_to(), Some("/"), "{}", entered.text());
        if self.get("/").await.leads_to() == Some("/password") {
            let own = format!("{password}-own");
            let fields = [("password", password), ("new", &own), ("again", &own)];
            let changed = self.post("/password", "/password", &fields).await;
            assert_eq!(changed.leads_to(), Some("/sign-in"), "{}", changed.text());
            let fields = [("account", account), ("password", own.as_str())];
            let entered = self.post("/sign-in", "/sign-in", &fields).await;
            assert_eq!(entered.leads_to(), Some("/"), "{}", entered.text());
        }
    }

    async fn send(&mut self, method: Method, address: &str, body: Vec<u8>) -> Page {
        self.send_as(method, address, "application/x-www-form-urlencoded", body)
            .await
    }

    async fn send_as(&mut self, method: Method, address: &str, kind: &str, body: Vec<u8>) -> Page {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = Request::builder()
            .method(method)
            .uri(address)
            .header(header::HOST, "hub.example")
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let (pair, rules) = set.to_str().unwrap().split_once("; ").unwrap();
            for rule in ["HttpOnly", "SameSite=Strict", "Secure"] {
                assert!(rules.contains(rule), "{rules}");
            }
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Page {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, 16 << 20).await.unwrap().to_vec(),
        }
    }
}
