//! Codes that prove an address.

use chrono::TimeDelta;
use temujanji::booking::Email;
use temujanji::store::{CodeCheck, CodePut};

use crate::kit::{Person, Town};

impl Person<'_> {
    async fn is_sent(&self, code: &str, email: &str) -> CodePut {
        let mut turn = self.turn().await;
        let email = Email::parse(email).unwrap();
        let answer = turn.put_code(&email, code, &self.town.rules).await.unwrap();
        turn.commit().await.unwrap();
        answer
    }

    async fn types(&self, code: &str, email: &str) -> CodeCheck {
        let mut turn = self.turn().await;
        let email = Email::parse(email).unwrap();
        let answer = turn.check_code(&email, code, &self.town.rules).await.unwrap();
        turn.commit().await.unwrap();
        answer
    }
}

const AMINAH: &str = "aminah@example.com";

pub(crate) async fn a_right_code_is_good_once(town: &Town) {
    let aminah = town.person("aminah");
    assert_eq!(aminah.types("123456", AMINAH).await, CodeCheck::NoCode);
    let until = town.now() + town.rules.code_ttl;
    assert_eq!(aminah.is_sent("123456", AMINAH).await, CodePut::Put { until });
    assert_eq!(aminah.types("123456", "Aminah@Example.COM").await, CodeCheck::Wrong { left: 4 });
    assert_eq!(aminah.types("123456", AMINAH).await, CodeCheck::Right);
    assert_eq!(aminah.types("123456", AMINAH).await, CodeCheck::NoCode);
}

pub(crate) async fn wrong_codes_are_counted_and_then_locked(town: &Town) {
    let aminah = town.person("aminah");
    aminah.is_sent("123456", AMINAH).await;
    for left in [4, 3, 2, 1] {
        assert_eq!(aminah.types("654321", AMINAH).await, CodeCheck::Wrong { left });
    }
    assert_eq!(aminah.types("654321", AMINAH).await, CodeCheck::Locked);
    assert_eq!(aminah.types("123456", AMINAH).await, CodeCheck::Locked);
    town.wait(town.rules.code_pause);
    aminah.is_sent("111111", AMINAH).await;
    assert_eq!(aminah.types("111111", AMINAH).await, CodeCheck::Right);
}

pub(crate) async fn a_code_runs_out(town: &Town) {
    let aminah = town.person("aminah");
    let CodePut::Put { until } = aminah.is_sent("123456", AMINAH).await else { panic!() };
    town.set(until - TimeDelta::seconds(1));
    assert_eq!(aminah.types("000000", AMINAH).await, CodeCheck::Wrong { left: 4 });
    town.set(until);
    assert_eq!(aminah.types("123456", AMINAH).await, CodeCheck::Expired);
}

pub(crate) async fn a_new_code_voids_the_old(town: &Town) {
    let aminah = town.person("aminah");
    aminah.is_sent("111111", AMINAH).await;
    town.wait(town.rules.code_pause);
    aminah.is_sent("222222", AMINAH).await;
    assert_eq!(aminah.types("111111", AMINAH).await, CodeCheck::Wrong { left: 4 });
    assert_eq!(aminah.types("222222", AMINAH).await, CodeCheck::Right);
}

pub(crate) async fn codes_are_not_sent_too_often(town: &Town) {
    let aminah = town.person("aminah");
    let first = town.now();
    for nth in 0..town.rules.code_limit {
        let sent = aminah.is_sent("123456", AMINAH).await;
        assert!(matches!(sent, CodePut::Put { .. }), "{nth}: {sent:?}");
        let until = town.now() + town.rules.code_pause;
        town.set(until - TimeDelta::seconds(1));
        if nth + 1 < town.rules.code_limit {
            assert_eq!(aminah.is_sent("123456", AMINAH).await, CodePut::TooSoon { until });
            // Another chat does not help.
            let other_chat = town.person("other");
            assert_eq!(other_chat.is_sent("123456", AMINAH).await, CodePut::TooSoon { until });
        }
        town.set(until);
    }
    let until = first + town.rules.code_window;
    assert_eq!(aminah.is_sent("123456", AMINAH).await, CodePut::TooMany { until });
    assert_eq!(town.person("other").is_sent("123456", AMINAH).await, CodePut::TooMany { until });
    assert_eq!(aminah.is_sent("123456", "other@example.com").await, CodePut::TooMany { until });
    assert!(matches!(town.person("ravi").is_sent("1", "ravi@example.com").await, CodePut::Put { .. }));
    town.set(until);
    assert!(matches!(aminah.is_sent("123456", AMINAH).await, CodePut::Put { .. }));
}

pub(crate) async fn a_mistyped_address_is_mended_at_once_but_not_for_ever(town: &Town) {
    let aminah = town.person("aminah");
    for nth in 0..town.rules.code_limit {
        let sent = aminah.is_sent("123456", &format!("aminah{nth}@example.com")).await;
        assert!(matches!(sent, CodePut::Put { .. }), "{nth}: {sent:?}");
    }
    let until = town.now() + town.rules.code_window;
    assert_eq!(aminah.is_sent("123456", AMINAH).await, CodePut::TooMany { until });
}

pub(crate) async fn codes_of_other_conversations_and_addresses_are_no_good(town: &Town) {
    let aminah = town.person("aminah");
    aminah.is_sent("123456", AMINAH).await;
    assert_eq!(town.person("ravi").types("123456", AMINAH).await, CodeCheck::NoCode);
    assert_eq!(aminah.types("123456", "ravi@example.com").await, CodeCheck::NoCode);
    assert_eq!(aminah.types("123456", AMINAH).await, CodeCheck::Right);
}
