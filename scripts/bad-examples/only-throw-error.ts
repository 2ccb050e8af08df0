export function fail() {
  throw "a string has no stack";
}
