//! Whole conversations: each script in `chats/`, and in `closing/` where staff break into them, is played and the chat
//! compared with its golden file.

mod house;

use house::House;

#[tokio::test]
async fn every_chat_reads_as_it_did() {
    let entries = ["tests/chats", "tests/closing"].map(|folder| std::fs::read_dir(folder).unwrap());
    let mut scripts: Vec<_> = entries.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    scripts.retain(|path| path.extension().is_some_and(|kind| kind == "chat"));
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
