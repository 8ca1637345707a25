//! Whole conversations: each script in `chats/` is played and the chat compared with its golden file.

mod house;

use house::House;

#[tokio::test]
async fn every_chat_reads_as_it_did() {
    let mut scripts: Vec<_> =
        std::fs::read_dir("tests/chats").unwrap().map(|entry| entry.unwrap().path()).collect();
    scripts.sort();
    assert!(scripts.len() > 10, "the scripts are in tests/chats");
    for path in scripts {
        let script = std::fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut house = House::at("2026-11-23 09:00").await;
        house.play(&script).await;
        insta::assert_snapshot!(name, house.transcript);
    }
}
