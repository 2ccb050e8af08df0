//! Tells the program which compiler made it.

fn main() {
    let output = std::process::Command::new(std::env::var("RUSTC").expect("cargo names it"))
        .arg("--version")
        .output();
    let text = String::from_utf8(output.expect("it runs").stdout).expect("text");
    println!(
        "cargo::rustc-env=RUST_VERSION={}",
        text.split(' ').nth(1).unwrap_or("unknown")
    );
}
