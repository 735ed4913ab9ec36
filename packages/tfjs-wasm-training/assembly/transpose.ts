// y[column][row] = x[row][column]. Rows in groups of 8: a cache line of the result is filled before the next is begun.

export function transpose(x: usize, y: usize, rows: i32, columns: i32): void {
  for (let first = 0; first < rows; first += 8) {
    const end = min(first + 8, rows);
    for (let column = 0; column < columns; column++) {
      for (let row = first; row < end; row++) {
        store<f32>(y + (<usize>(column * rows + row) << 2), load<f32>(x + (<usize>(row * columns + column) << 2)));
      }
    }
  }
}
