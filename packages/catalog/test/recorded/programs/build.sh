#!/bin/sh
# Builds the programs that are not of npm into the folder $1, for HOLDFAST_RECORDERS. Needs Python 3 with venv, Go, a JDK
# with Maven, and Cargo.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
to=$(cd "$1" && pwd)

python3 -m venv "$to/python"
"$to/python/bin/pip" install --quiet grpcio==1.84.0
cp "$here/recorder.py" "$here/server.py" "$to/"

(cd "$here" && go build -o "$to/recorder-go" . && go build -o "$to/server-go" ./goserver)

mvn --quiet --batch-mode -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$to/java"
javac -cp "$to/java/*" -d "$to/java" "$here/Recorder.java"

cargo build --quiet --locked --release --manifest-path "$here/rust/Cargo.toml" --target-dir "$to/rust"
cp "$to/rust/release/recorder" "$to/recorder-rust"
