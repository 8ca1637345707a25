//! The second conversation: staff query and work the day's bookings.
//!
//! # Layout
//!
//! - [`member`]: who works here, roles, and what each may do
//! - [`order`]: their commands
//! - [`tap`]: their buttons
//! - [`desk`]: an order or a tap worked over one turn; who may do what is decided there
//! - [`reply`]: what they are told, as data
//! - [`sheet`]: the list of one branch and day, in every form
//! - [`chart`]: pictures of how full a branch is and of who came
//! - [`sellout`]: which services run out, and when

pub mod chart;
pub mod desk;
pub mod member;
pub mod order;
pub mod reply;
pub mod sellout;
pub mod sheet;
pub mod tap;

pub use desk::Desk;
pub use member::{Member, MemberId, Power, Reach, Role};
pub use order::Order;
pub use reply::{Call, Card, Closing, Closure, Day, Done, Paper, Reply, Scarce, SellOut, Stats, Totals};
pub use tap::{KEPT, Tap};
