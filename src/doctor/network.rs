//! The way to the API, step by step: where it ends, everything before is in order and nothing behind was tried.

use std::{collections::BTreeSet, net::IpAddr, time::Duration};

use chrono::{DateTime, Utc};

use super::Finding;
use crate::{
    api::{BaseUrl, Probe, Stage, clock, proxy::Proxy},
    model::query::TicketNumber,
};

/// The longest wait for the name of the host.
const PATIENCE: Duration = Duration::from_secs(5);

/// The way that requests go.
pub(super) struct Way<'a> {
    pub(super) base: &'a BaseUrl,
    pub(super) proxy: Option<&'a Proxy>,
}

impl Way<'_> {
    fn proxy(&self) -> String {
        match self.proxy {
            Some(Proxy { address, variable }) => format!("requests go through {address} ({variable})"),
            None if self.base.is_loopback() => "none, as always for this computer".to_owned(),
            None => "none".to_owned(),
        }
    }

    pub(super) async fn name(&self) -> Finding {
        if self.proxy.is_some() {
            return Finding::skipped("name", "left to the proxy");
        }
        let host = self.base.host();
        let known = tokio::time::timeout(PATIENCE, tokio::net::lookup_host(self.base.endpoint())).await;
        let addresses: BTreeSet<IpAddr> = match known {
            Ok(Ok(addresses)) => addresses.map(|address| address.ip()).collect(),
            Ok(Err(_)) => BTreeSet::new(),
            Err(_) => {
                let told =
                    format!("no answer about {host} within {PATIENCE:?}; check the network and its DNS");
                return Finding::fails("name", 4, told);
            }
        };
        let six = addresses.iter().filter(|address| address.is_ipv6()).count();
        match addresses.len() {
            0 => {
                let told = format!("the host {host} was not found; check the base URL and the network");
                Finding::fails("name", 4, told)
            }
            all => Finding::fine("name", format!("{host}: {} IPv4, {six} IPv6", all - six)),
        }
    }

    /// What a question without a token tells: of the way, and nothing of token and log.
    pub(super) fn without_token(&self, probe: &Probe, now: DateTime<Utc>) -> Vec<Finding> {
        let findings = self.findings(probe, None, now).into_iter();
        let findings = findings.map(|finding| match finding.subject {
            subject @ ("token used" | "log") => {
                Finding::skipped(subject, "not tried without an access token")
            }
            _ => finding,
        });
        findings.collect()
    }

    /// What a question tells of each step.
    pub(super) fn findings(
        &self,
        probe: &Probe,
        ticket: Option<TicketNumber>,
        now: DateTime<Utc>,
    ) -> Vec<Finding> {
        let host = self.base.host();
        let fine = [
            (Stage::Proxy, "proxy", self.proxy()),
            (Stage::Connection, "connection", format!("{host} takes connections")),
            (Stage::Tls, "TLS", self.tls()),
            (Stage::Server, "server", format!("an API answers at {}", self.base.as_str())),
            (Stage::Token, "token used", "the server accepts the access token".to_owned()),
        ];
        let mut findings = Vec::new();
        let stopped = probe.stopped.as_ref();
        for (stage, subject, told) in fine {
            findings.push(match stopped {
                Some((at, failure)) if *at == stage => Finding::failed(subject, failure),
                // The name was found a moment ago.
                Some((Stage::Name, failure)) if stage == Stage::Connection => {
                    Finding::failed(subject, failure)
                }
                Some((at, _)) if *at < stage => Finding::skipped(subject, "not tried"),
                _ => Finding::fine(subject, told),
            });
        }
        findings.extend(probe.clock.map(|clock| skew(clock, now)));
        findings.push(match (stopped, ticket) {
            (Some((Stage::Log, failure)), _) => Finding::failed("log", failure),
            (Some(_), _) => Finding::skipped("log", "not tried"),
            (None, Some(ticket)) => Finding::fine("log", format!("the log of ticket {ticket} can be read")),
            (None, None) => Finding::skipped("log", "not tried; name a ticket: ticketlog doctor TICKET"),
        });
        findings
    }

    fn tls(&self) -> String {
        if self.base.is_plain() {
            "not used: http, to this computer only".to_owned()
        } else {
            "the certificate is trusted".to_owned()
        }
    }
}

/// How far this computer's clock is from the server's.
fn skew(server: DateTime<Utc>, now: DateTime<Utc>) -> Finding {
    let Some(far) = clock::difference(now, server) else {
        return Finding::fine("clock", "agrees with the server's");
    };
    let told =
        format!("this computer is {far} the server; set its clock: certificates and tokens depend on it");
    Finding::hint("clock", told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::failure::{Failure, FailureKind};

    fn told(base: &str, stopped: Option<(Stage, FailureKind)>, ticket: Option<TicketNumber>) -> Vec<String> {
        let base = BaseUrl::parse(base).unwrap();
        let stopped = stopped.map(|(stage, kind)| (stage, Failure::new(kind, "because; do something")));
        let probe = Probe { stopped, clock: None };
        let way = Way { base: &base, proxy: None };
        let findings = way.findings(&probe, ticket, DateTime::UNIX_EPOCH);
        findings.iter().map(|finding| finding.line().split_whitespace().next().unwrap().to_owned()).collect()
    }

    #[test]
    fn before_the_end_of_the_way_all_is_well_and_behind_it_nothing_was_tried() {
        let stop = |stage| told("https://api.example", Some((stage, FailureKind::Trouble)), Some(7));
        assert_eq!(stop(Stage::Proxy), ["FAIL", "-", "-", "-", "-", "-"]);
        assert_eq!(stop(Stage::Name), ["ok", "FAIL", "-", "-", "-", "-"]);
        assert_eq!(stop(Stage::Connection), ["ok", "FAIL", "-", "-", "-", "-"]);
        assert_eq!(stop(Stage::Tls), ["ok", "ok", "FAIL", "-", "-", "-"]);
        assert_eq!(stop(Stage::Server), ["ok", "ok", "ok", "FAIL", "-", "-"]);
        assert_eq!(stop(Stage::Token), ["ok", "ok", "ok", "ok", "FAIL", "-"]);
        assert_eq!(stop(Stage::Log), ["ok", "ok", "ok", "ok", "ok", "FAIL"]);
        assert_eq!(told("https://api.example", None, Some(7)), ["ok"; 6]);
        assert_eq!(told("https://api.example", None, None), ["ok", "ok", "ok", "ok", "ok", "-"]);
    }

    #[test]
    fn a_clock_that_is_wrong_is_told_with_the_side_it_is_wrong_to() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let line = |server, here| skew(at(server), at(here)).line();
        assert!(line(0, 119).starts_with("ok ") && line(119, 0).starts_with("ok "));
        assert!(line(0, 3 * 86_400).contains("is about 3 days ahead of the server"));
        assert!(line(11_000, 0).contains("is about 3 hours behind the server"));
        assert!(line(0, 180).contains("is about 3 minutes ahead of"));
    }
}
