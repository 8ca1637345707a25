//! Where something stands on the map.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Mean radius of the Earth in kilometres.
const EARTH: f64 = 6371.0;

/// A point on the map, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl Position {
    /// Reads `3.169, 101.671`: degrees north, degrees east.
    pub fn parse(text: &str) -> Option<Position> {
        let (north, east) = text.split_once(',')?;
        let position =
            Position { latitude: north.trim().parse().ok()?, longitude: east.trim().parse().ok()? };
        (position.latitude.abs() <= 90.0 && position.longitude.abs() <= 180.0).then_some(position)
    }

    /// The distance as the crow flies, in kilometres.
    pub fn kilometres_to(self, other: Position) -> f64 {
        let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
        let across = self.latitude.to_radians().cos() * other.latitude.to_radians().cos();
        let chord = half(self.latitude, other.latitude) + across * half(self.longitude, other.longitude);
        2.0 * EARTH * chord.sqrt().clamp(0.0, 1.0).asin()
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.latitude, self.longitude)
    }
}

#[cfg(test)]
mod tests {
    use super::Position;

    #[test]
    fn distances_are_those_of_the_map() {
        let (kl, jb) =
            (Position::parse("3.139, 101.687").unwrap(), Position::parse("1.492, 103.741").unwrap());
        assert_eq!(kl.kilometres_to(jb).round(), 293.0);
        assert_eq!(kl.kilometres_to(kl), 0.0);
    }

    #[test]
    fn only_degrees_are_read() {
        for text in ["", "3", "3,", "91, 0", "0, 181", "north, east", "NaN, 0"] {
            assert_eq!(Position::parse(text), None, "{text}");
        }
    }
}
