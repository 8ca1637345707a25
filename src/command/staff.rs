//! `temujanji staff`: who may work with the day's bookings by command.

use std::io::Write;
use std::process::ExitCode;

use chrono::{DateTime, TimeDelta, Utc};
use clap::{Args, Subcommand};
use data_encoding::BASE64URL_NOPAD;
use rand::Rng;
use temujanji::channel::telegram::invitation_link;
use temujanji::clock;
use temujanji::config::Config;
use temujanji::office::{BranchCode, MALAYSIA, Office, StateCode};
use temujanji::staff::{Member, Reach, Role};
use temujanji::store::{Enrolled, NewMember, Store, StoreError};
use tokio_util::sync::CancellationToken;

use super::bot;
use super::open::open_with_office;
use super::{Failure, Outcome, wait_for};

/// How long an invitation may be taken up.
const GOOD_FOR: TimeDelta = TimeDelta::days(7);

/// Who may query and work the day's bookings by command
///
/// An invitation prints a link that works once; whoever opens it in Telegram is that member of staff from then on. A
/// removed member is a stranger from the next message on. All of it is in the audit trail.
#[derive(Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Staff {
    /// Makes a link that binds whoever opens it, once, within seven days
    Invite(Invite),
    /// Everybody, with role, branches and whether they have joined
    List,
    /// Removes a member, or takes an invitation back
    Remove(Named),
    /// Gives a member another role or other branches
    Role(ChangeRole),
}

const EXAMPLES: &str = "\
Examples:
  temujanji staff invite --name 'Aminah binti Ali' --role officer --branch KUL-DUTA
  temujanji staff invite --name 'Ravi a/l Kumar' --role supervisor --state MY-01
  temujanji staff invite --name 'Siti' --role admin
  temujanji staff role 'Aminah binti Ali' --role officer --branch KUL-DUTA --branch KUL-PUDU
  temujanji staff remove 'Aminah binti Ali'";

#[derive(Args)]
pub(super) struct Invite {
    /// Their name, as colleagues will see it
    #[arg(long, value_parser = super::chat::name)]
    name: String,
    #[command(flatten)]
    what: What,
}

#[derive(Args)]
pub(super) struct Named {
    /// Their name, or the beginning of their number in `staff list`
    who: String,
}

#[derive(Args)]
pub(super) struct ChangeRole {
    /// Their name, or the beginning of their number in `staff list`
    who: String,
    #[command(flatten)]
    what: What,
}

#[derive(Args)]
struct What {
    /// officer: their branches; supervisor: the branches of their states; admin: all
    #[arg(long, value_parser = role)]
    role: Role,
    /// Code of a branch; may be given several times
    #[arg(long, value_name = "CODE", value_parser = branch)]
    branch: Vec<BranchCode>,
    /// Code of a state, as MY-01; may be given several times
    #[arg(long, value_name = "CODE", value_parser = state)]
    state: Vec<StateCode>,
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "a role is officer, supervisor or admin".to_owned())
}

fn branch(text: &str) -> Result<BranchCode, String> {
    BranchCode::parse(text).map_err(|error| error.to_string())
}

fn state(text: &str) -> Result<StateCode, String> {
    StateCode::parse(text).map_err(|error| error.to_string())
}

impl Staff {
    pub(super) fn run(self, config: &Config) -> Outcome {
        match self {
            Staff::Invite(invite) => wait_for(invited(config, invite))?,
            Staff::List => wait_for(list(config))?,
            Staff::Remove(Named { who }) => wait_for(remove(config, &who))?,
            Staff::Role(change) => wait_for(change_role(config, change))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl What {
    /// Role and reach, if the catalogue has all of it.
    fn reach(self, office: &Office) -> Result<(Role, Reach), Failure> {
        let wrong = |what: String, mend: &str| Err(Failure::usage(what, mend));
        if let Some(code) = self.branch.iter().find(|code| office.branch(code).is_none()) {
            return Err(Failure::no_branch(code, office));
        }
        if let Some(code) = self.state.iter().find(|code| office.state(code).is_none()) {
            return Err(Failure::no_state(code, office));
        }
        let somewhere = !self.branch.is_empty() || !self.state.is_empty();
        match self.role {
            Role::Officer | Role::Supervisor if !somewhere => wrong(
                format!("{} of which branches?", self.role.name()),
                "name them with --branch or --state",
            ),
            Role::Admin if somewhere => {
                wrong("an admin has all branches".to_owned(), "leave out --branch and --state")
            }
            role @ (Role::Officer | Role::Supervisor | Role::Admin) => {
                Ok((role, Reach { branches: self.branch, states: self.state }))
            }
        }
    }
}

/// A new invitation: 128 random bits, in letters that a link may hold.
pub(super) fn invitation() -> String {
    let mut bits = [0; 16];
    rand::rng().fill_bytes(&mut bits);
    BASE64URL_NOPAD.encode(&bits)
}

async fn invited(config: &Config, Invite { name, what }: Invite) -> Result<(), Failure> {
    let store = open_with_office(config).await?.store;
    let (_, office) = store.office().await?.ok_or(StoreError::NoOffice)?;
    let (role, reach) = what.reach(&office)?;
    let bot = match &config.telegram {
        Some(name) => Some(name.clone()),
        None => bot::begin(config, &CancellationToken::new()).await?.map(|bot| bot.name),
    };
    let Some(bot) = bot else {
        return Err(Failure::fault(
            "no Telegram bot is configured, so nobody could open the link",
            "set telegram.token; see README.md",
        ));
    };
    let (invitation, now) = (invitation(), clock::now());
    let until = now + GOOD_FOR;
    let new = NewMember { name: &name, role, reach: &reach, invitation: &invitation, until };
    store.invite(&new, now).await?;
    store.close().await;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", invitation_link(&bot, &invitation))?;
    writeln!(
        anstream::stderr(),
        "Give this link to {name} only. Whoever opens it first, until {}, is {} from then on.",
        shown(until),
        role.name()
    )?;
    Ok(())
}

async fn list(config: &Config) -> Result<(), Failure> {
    let store = open_with_office(config).await?.store;
    let staff = store.staff().await?;
    store.close().await;
    let mut out = anstream::stdout().lock();
    for one in &staff {
        let Enrolled { member, joined_at, invited_until, removed_at, .. } = one;
        let standing = match (removed_at, joined_at, invited_until) {
            (Some(at), _, _) => format!("removed {}", shown(*at)),
            (None, Some(at), _) => format!("joined {}", shown(*at)),
            (None, None, Some(until)) if *until > clock::now() => format!("invited until {}", shown(*until)),
            (None, None, _) => "invitation has run out".to_owned(),
        };
        let (number, role) = (member.id.0.simple().to_string(), member.role.name());
        writeln!(out, "{number}  {role:10}  {}  {}  {standing}", reach_of(member), member.name)?;
    }
    if staff.is_empty() {
        writeln!(anstream::stderr(), "Nobody yet; see `temujanji staff invite --help`.")?;
    }
    Ok(())
}

fn reach_of(member: &Member) -> String {
    if member.role == Role::Admin {
        return "all".to_owned();
    }
    let Reach { branches, states } = &member.reach;
    let codes = branches.iter().map(BranchCode::as_str).chain(states.iter().map(StateCode::as_str));
    codes.collect::<Vec<_>>().join(",")
}

fn shown(at: DateTime<Utc>) -> String {
    at.with_timezone(&MALAYSIA).format("%Y-%m-%d %H:%M").to_string()
}

/// The one member that is meant.
async fn meant(store: &dyn Store, who: &str) -> Result<Member, Failure> {
    let staff = store.staff().await?;
    let here = staff.into_iter().filter(|one| one.removed_at.is_none()).map(|one| one.member);
    let is = |member: &Member| {
        member.name.eq_ignore_ascii_case(who)
            || (who.len() >= 8 && member.id.0.simple().to_string().starts_with(&who.to_lowercase()))
    };
    let mut found: Vec<Member> = here.filter(is).collect();
    match (found.pop(), found.is_empty()) {
        (Some(member), true) => Ok(member),
        (None, _) => {
            Err(Failure::fault(format!("there is no {who} among staff"), "see `temujanji staff list`"))
        }
        (Some(_), false) => Err(Failure::fault(
            format!("there is more than one {who}"),
            "name the one meant by the number in `temujanji staff list`",
        )),
    }
}

async fn remove(config: &Config, who: &str) -> Result<(), Failure> {
    let store = open_with_office(config).await?.store;
    let member = meant(&*store, who).await?;
    store.remove_member(member.id, &member.name, clock::now()).await?;
    store.close().await;
    writeln!(anstream::stdout(), "{} is removed.", member.name)?;
    Ok(())
}

async fn change_role(config: &Config, ChangeRole { who, what }: ChangeRole) -> Result<(), Failure> {
    let store = open_with_office(config).await?.store;
    let (_, office) = store.office().await?.ok_or(StoreError::NoOffice)?;
    let (role, reach) = what.reach(&office)?;
    let member = meant(&*store, &who).await?;
    store.set_role(member.id, &member.name, role, &reach, clock::now()).await?;
    store.close().await;
    writeln!(anstream::stdout(), "{} is {} now.", member.name, role.name())?;
    Ok(())
}
