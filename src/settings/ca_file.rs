//! The certificates of `ca_file`, read before anything is asked.

use super::{
    Setting, Settings,
    files::content,
    origin::{Problem, shown},
};
use crate::{api::Authorities, reason::not_read};

impl Settings {
    /// The authorities that `ca_file` names; none where it is not set.
    ///
    /// # Errors
    /// A sentence for a file that is not there or holds no certificates.
    pub fn authorities(&self) -> Result<Authorities, Problem> {
        let Some(Setting { value: path, origin }) = &self.ca_file else {
            return Ok(Authorities::default());
        };
        let name = shown(&path.to_string_lossy());
        let refuse = |what: String| Problem::at(origin.clone(), format!("the CA file {name} {what}"));
        let pem = content(path).map_err(|error| refuse(format!("cannot be read: {}", not_read(&error))))?;
        Authorities::parse(&pem).map_err(|what| refuse(what.to_owned()))
    }
}
