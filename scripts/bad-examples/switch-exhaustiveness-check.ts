type Shape = { kind: "circle" } | { kind: "square" };

export function corners(shape: Shape) {
  switch (shape.kind) {
    case "square":
      return 4;
    default:
      return 0; // a triangle added to Shape would have none
  }
}
