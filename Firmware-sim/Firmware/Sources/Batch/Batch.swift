import Board

@main
struct Batch {
  static func main() {}
}
