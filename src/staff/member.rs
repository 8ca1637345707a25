//! Who works at the counters, and what they may do.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::office::{Branch, BranchCode, Office, StateCode};

/// Names a member of staff. Random, so that it says nothing of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MemberId(pub Uuid);

/// What somebody is at the department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works at one or more branches.
    Officer,
    /// Answers for the branches of a state.
    Supervisor,
    /// Answers for all branches.
    Admin,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Role; 3] = [Role::Officer, Role::Supervisor, Role::Admin];

    /// As it is typed and stored.
    pub fn name(self) -> &'static str {
        match self {
            Role::Officer => "officer",
            Role::Supervisor => "supervisor",
            Role::Admin => "admin",
        }
    }

    /// Reads what [`Role::name`] wrote.
    pub fn parse(text: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == text)
    }

    /// Whether somebody of this role may do that at a branch within their reach.
    pub fn may(self, power: Power) -> bool {
        match power {
            Power::Look | Power::Serve | Power::CloseADay => true,
            Power::Close | Power::Block => self >= Role::Supervisor,
        }
    }
}

/// What needs a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// See lists, statistics and records.
    Look,
    /// Mark arrivals, cancel, note, book at the counter.
    Serve,
    /// Close a branch for a day or for hours of it.
    CloseADay,
    /// Close a branch for longer, or open it again.
    Close,
    /// Block an identity, or end a block.
    Block,
}

/// At which branches somebody works. An admin's is not looked at: it is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reach {
    /// These.
    pub branches: Vec<BranchCode>,
    /// All of these states.
    pub states: Vec<StateCode>,
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Names them.
    pub id: MemberId,
    /// As given in the invitation.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Where.
    pub reach: Reach,
    /// When the list of the day is sent to them by itself, in local time.
    pub list_at: Option<NaiveTime>,
}

impl Member {
    /// Whether the branch is within their reach.
    pub fn covers(&self, branch: &Branch) -> bool {
        self.role == Role::Admin
            || self.reach.branches.contains(&branch.code)
            || self.reach.states.contains(&branch.state)
    }

    /// The branches within their reach, in the order of the catalogue.
    pub fn branches<'a>(&'a self, office: &'a Office) -> impl Iterator<Item = &'a Branch> {
        office.branches().filter(|branch| self.covers(branch))
    }
}
