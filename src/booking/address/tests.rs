use proptest::prelude::*;

use super::*;

/// Postcode and state, or the refusal.
fn read(typed: &str) -> String {
    match Address::parse(typed) {
        Ok(address) => match (address.postcode(), address.state()) {
            (Some(postcode), Some(state)) => format!("{postcode} {}", state.as_str()),
            (None, None) => "abroad".to_owned(),
            other => panic!("{other:?}"),
        },
        Err(rejection) => format!("{rejection:?}"),
    }
}

#[test]
fn postcode_and_state_are_read_from_addresses_as_people_type_them() {
    for (typed, place) in [
        ("No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur", "53100 MY-14"),
        ("no 12 jln mawar 3/4 tmn melati 53100 kl", "53100 MY-14"),
        ("12 Jalan Mawar\nTaman Melati\n 53100\nW.P. Kuala Lumpur, Malaysia", "53100 MY-14"),
        ("Alamat: Kampung Baru, 17000 Pasir Mas, Kelantan", "17000 MY-03"),
        ("Kg. Sungai Tapang, 93250 Kuching", "93250 MY-13"),
        ("Lot 12345, Jalan Besar, 08000 Sungai Petani, Kedah", "08000 MY-02"),
        ("Peti Surat 123, 88000 Kota Kinabalu, Sabah", "88000 MY-12"),
        ("Blok A-3-2, Flat Sri Perak, Taman Desa, Kuala Lumpur 58100", "58100 MY-14"),
        ("Felda Jengka 10, 26400 Bandar Jengka", "26400 MY-06"),
        ("12, Taman Seri, 14290 Bandar Baharu", "14290 MY-02"),
        ("12, Taman Seri, 14290 Simpang Ampat, Pulau Pinang", "14290 MY-07"),
        ("5, Jalan Raja, 70000 Seremban, N. Sembilan", "70000 MY-05"),
        ("Jalan 3/4, 43000 Kajang", "43000 MY-10"),
        ("5 Jalan India, 50000 Kuala Lumpur", "50000 MY-14"),
        ("5 Jalan Baru, 99999 Sabah", "99999 MY-12"),
        ("Sungai Lui, 43100 Hulu Langat", "43100 MY-10"),
        ("12 Jalan Mawar 53100Kuala Lumpur", "53100 MY-14"),
    ] {
        assert_eq!(read(typed), place, "{typed}");
    }
}

#[test]
fn an_address_abroad_ends_with_its_country() {
    for typed in [
        "Jl. Sudirman No. 5, Jakarta Pusat 10220, Indonesia",
        "Blk 12 Bedok North Ave 3 #05-12 Singapore 460012",
        "10 Downing Street, London SW1A 2AA, United Kingdom",
        "House 7, Road 3, Dhanmondi, Dhaka 1205, Bangladesh",
        "Desa Sukamaju RT 02, Lombok Timur, Indonesia",
    ] {
        assert_eq!(read(typed), "abroad", "{typed}");
    }
    assert_eq!(read("Indonesia"), "AddressNoStreet");
    assert_eq!(read("Dhaka 1205 Bangladesh"), "AddressNoStreet");
}

#[test]
fn what_is_missing_is_said() {
    for (typed, reason) in [
        ("", "Empty"),
        ("alamat:", "Empty"),
        ("12 Jalan Mawar, Taman Melati, Kuala Lumpur", "AddressNoPostcode"),
        ("Lot 12345 Jalan Besar, Ipoh", "AddressNoPostcode"),
        ("12 Jalan India", "AddressNoPostcode"),
        ("012-3456789", "AddressNoPostcode"),
        ("53100", "AddressNoStreet"),
        ("53100 Kuala Lumpur", "AddressNoStreet"),
        ("Kajang 43000 Selangor", "AddressNoStreet"),
        ("Petaling Jaya 46000 Selangor", "AddressNoStreet"),
        ("No. 5, 43000 Kajang", "AddressNoStreet"),
        ("5 Jalan Baru, 99999", "AddressNoState { postcode: \"99999\" }"),
    ] {
        assert_eq!(read(typed), reason, "{typed}");
    }
    let long = format!("{} Jalan Mawar, 53100 Kuala Lumpur", "a".repeat(300));
    assert_eq!(read(&long), "AddressTooLong { got: 332, max: 300 }");
}

#[test]
fn lines_stay_lines_and_are_kept_as_one_string() {
    let address = Address::parse(" 12  Jalan Mawar,\n\n Taman Melati \n53100 Kuala Lumpur\u{200e}").unwrap();
    assert_eq!(
        address.lines().collect::<Vec<_>>(),
        ["12 Jalan Mawar,", "Taman Melati", "53100 Kuala Lumpur"]
    );
    assert_eq!(format!("{address:?}"), "Address(…)");
    let json = serde_json::to_string(&address).unwrap();
    assert_eq!(serde_json::from_str::<Address>(&json).unwrap(), address);
}

#[test]
fn every_postcode_of_the_table_tells_its_state() {
    let states: std::collections::BTreeSet<_> =
        (0..100_000).filter_map(|number| postcode::state(&format!("{number:05}"))).collect();
    assert_eq!(states.len(), 16);
}

proptest! {
    #[test]
    fn any_text_gets_an_answer(typed in any::<String>()) {
        if let Ok(address) = Address::parse(&typed) {
            prop_assert_eq!(Address::parse(address.as_str()), Ok(address));
        }
    }

    #[test]
    fn an_address_stays_as_it_is(
        street in "(No\\. ?[0-9]{1,3}, )?(Jalan|Kg\\.|Taman) [A-Z][a-z]{2,9}",
        town in "(0[12]|1[0-8]|5[0-9]|8[0-9])[0-9]{3} ?[A-Z][a-z]{2,9}",
        between in "[ \n,]{1,4}",
    ) {
        if let Ok(address) = Address::parse(&format!("{street}{between}{town}")) {
            prop_assert_eq!(Address::parse(address.as_str()), Ok(address.clone()));
            prop_assert!(address.state().is_some());
        }
    }
}
