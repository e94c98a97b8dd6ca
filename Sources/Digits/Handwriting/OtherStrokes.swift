import SIMDMath

/// Strokes that are no digits, in the language of ``Allographs``: letters, signs and scribbles, which a reader of
/// digits is to be sure of least of all.
///
/// Letters that some write as others write a digit are left out: O, I, l, Z, S, B, b, g, q and their like.
enum OtherStrokes {
  /// What the lines begin with: the letters and signs, and last the scribbles.
  static let symbols: [String] = {
    var symbols: [String] = []
    for line in text.split(separator: "\n") {
      let name = String(line.split(separator: " ")[0])
      if symbols.last != name { symbols.append(name) }
    }
    return symbols + ["scribble"]
  }()

  /// How many scribbles there are.
  private static let scribbleCount = 400

  /// Strokes through points at random, one to three of three to nine points, half of them straight between these.
  static func scribbles() -> String {
    var random = Random(seed: 0x7363_7269_6262_6C65)
    return (0..<scribbleCount).map { _ in
      var line = "scribble 1 jitter=.06 aspect=.9"
      // One stroke of few points may be a digit.
      let strokes = 1 + random.below(3)
      let isStraight = random.below(2) == 0
      for _ in 0..<strokes {
        line += " |"
        for _ in 0..<(strokes == 1 ? 5 : 3) + random.below(5 - strokes / 2) {
          line += " \(random.below(101)),\(random.below(101))"
          if isStraight || random.below(4) == 0 { line += "*" }
        }
      }
      return line
    }.joined(separator: "\n")
  }

  static let text = """
    A 2 slant=.1 | 0,100 45,0* 55,0 100,100 | 18,62 82,62
    A 1 slant=.1 | 5,100 8,40 50,0 92,40 95,100 | 8,60 92,60
    A 1 | 0,100 50,0* 100,100* 15,55 85,60
    C 1 aspect=.8 | 95,18 55,0 5,50 50,100 95,82
    C 1 aspect=.95 | 90,12 50,0 5,30 5,70 50,100 92,88
    D 4 aspect=.8 slant=.1 slantSpread=.15 jitter=.025 warp=.03 | 10,0 10,100 | 10,0 70,8 97,50 70,92 10,100
    D 3 aspect=.7 slant=0 slantSpread=.1 jitter=.02 warp=.02 | 5,0* 60,3 97,30 97,70 60,97 5,100* 5,0
    D 2 aspect=.8 | 10,100 10,0* 75,12 97,50 70,92 0,100
    E 2 | 90,0 10,0* 10,100* 95,100 | 10,50 75,50
    E 1 | 10,0 10,100 | 10,0 95,0 | 10,50 80,50 | 10,100 100,100
    E 1 | 90,12 40,0 15,25 50,47* 10,72 40,100 95,85
    F 2 | 90,0 10,0* 10,100 | 10,48 70,48
    F 1 | 15,0 15,100 | 0,0 100,0 | 15,45 75,45
    G 1.5 aspect=.85 | 95,15 50,0 5,50 50,100 92,80 92,55* 55,55
    G 1 aspect=.85 | 90,12 45,0 5,45 40,100 90,70 | 55,60 105,60 100,100
    H 1.5 | 10,0 10,100 | 90,0 90,100 | 10,50 90,50
    J 2 aspect=.6 | 60,0 75,0* 75,70 45,100 5,80
    J 2 aspect=.75 | 20,0 110,0 | 65,0 65,75 35,100 0,75
    K 1.5 | 10,0 10,100 | 90,0 10,55* 95,100
    L 1.5 aspect=.65 | 10,0 10,100* 95,100
    M 1.5 aspect=.95 | 0,100 10,0* 50,70* 90,0* 100,100
    N 1.5 | 5,100 5,0* 95,100* 95,0
    P 2 aspect=.7 | 10,100 10,0 | 10,0 75,3 95,28 65,52 10,52
    P 1 aspect=.7 | 10,100 10,5* 60,0 90,28 50,55 10,50
    Q 2 aspect=.85 jitter=.03 warp=.03 | 50,0 5,30 10,80 50,100 92,75 92,30 50,0 | 55,65 110,112
    Q 1 aspect=.85 | 50,0 3,35 10,85 50,100 95,70 90,20 50,0 | 40,75 70,80 100,115
    R 2 aspect=.75 | 10,100 10,0 | 10,0 75,3 95,28 65,50 10,52 | 45,52 100,100
    R 1 aspect=.75 | 10,100 10,5* 60,0 90,25 50,50* 95,100
    T 3 aspect=.85 | 0,0 100,0 | 50,0 50,100
    T 1 aspect=.7 | 0,5 50,0 100,5 | 50,0 48,60 45,100
    U 1.5 aspect=.8 | 5,0 5,65 50,100 95,65 95,0
    V 1 | 0,0 50,100* 100,0
    W 1 aspect=1 | 0,0 22,100* 50,25* 78,100* 100,0
    W 1 aspect=1 | 0,0 20,90 50,40* 80,90 100,0
    X 2 | 0,0 100,100 | 100,0 0,100
    X 1 aspect=.8 | 0,5 20,5 75,95 100,95 | 95,0 5,100
    Y 1.5 | 0,0 50,50 | 100,0 50,50* 50,100
    Y 1 | 0,0 50,52* 100,0 | 50,52 50,100
    a 2.5 aspect=.8 | 15,20 50,0 85,20 85,75 95,100 | 85,45 30,45 5,75 30,100 85,80
    a 2.5 aspect=.95 | 85,20 40,3 5,50 40,97 85,60 | 88,5 85,80 105,100
    c 1 aspect=.9 | 92,20 50,0 5,50 45,100 92,85
    d 1.5 aspect=.7 | 82,55 45,38 8,70 42,100 82,78 | 83,0 83,100
    d 1 aspect=.7 | 80,50 40,38 8,70 40,100 80,70 85,0* 85,80 100,100
    e 2 aspect=.85 | 8,52 92,52* 85,20 50,0 8,45 45,98 92,88
    e 1 aspect=.85 | 10,60 60,50 85,25 55,0 10,40 30,95 95,80
    f 1.5 aspect=.6 | 90,8 60,0 40,22 40,100 | 5,42 80,42
    f 1 aspect=.55 slant=.2 | 85,12 60,0 45,30 40,80 20,110 | 10,48 80,45
    h 1.5 aspect=.65 | 10,0 10,100 | 10,62 50,42 88,60 88,100
    j 2 aspect=.4 jitter=.03 | 70,25 70,85 40,110 0,95 | 70,0 72,4
    j 1.5 aspect=.3 jitter=.02 slant=.05 | 60,28 60,95 30,110 0,108 | 58,0 64,0 64,6 58,6 58,0
    k 1.5 aspect=.65 | 12,0 12,100 | 88,38 12,70* 92,100
    m 1.5 aspect=1.3 | 3,100 3,5 | 3,35 28,5 50,35 50,100 | 50,35 75,5 97,35 97,100
    n 1.5 aspect=.9 | 8,100 8,3 | 8,40 50,3 92,40 92,100
    p 2 aspect=.65 | 10,0 10,100 | 10,12 55,-2 92,30 55,60 10,48
    r 1.5 aspect=.6 | 15,100 15,2 | 15,45 45,5 95,10
    t 1.5 aspect=.6 | 45,0 45,85 70,100 98,90 | 5,28 95,28
    t 1 aspect=.6 | 50,0 50,100 | 5,30 95,30
    u 1.5 aspect=.9 | 8,0 8,65 45,100 88,65 | 88,0 88,100
    w 1 aspect=1.2 | 0,0 25,100* 50,20* 75,100* 100,0
    x 1 aspect=.95 | 3,0 97,100 | 97,0 3,100
    y 1.5 aspect=.75 | 5,0 52,55 | 98,0 15,100
    y .7 aspect=.75 | 8,0 10,35 50,52 88,30 | 90,0 88,75 50,100 8,88
    plus 5 aspect=1 slant=.05 slantSpread=.15 | 50,0 50,100 | 0,50 100,50
    dash 3 aspect=3 slant=0 | 0,50 50,50 100,50
    equals 1 aspect=1.5 slant=0 | 0,0 100,0 | 0,60 100,60
    tick 1.5 aspect=.95 | 0,60 32,100* 100,0
    tick 1 aspect=1 | 5,50 20,60 32,100* 60,40 100,0
    arrow 1 aspect=1.3 slant=0 | 0,50 100,50 | 65,10 100,50* 65,90
    arrow 1 aspect=1.3 slant=0 | 100,50 0,50 | 35,10 0,50* 35,90
    arrow 1 | 50,100 50,0 | 5,38 50,0* 95,38
    arrow 1 | 50,0 50,100 | 5,62 50,100* 95,62
    asterisk 1 aspect=.95 | 50,0 50,100 | 5,25 95,75 | 5,75 95,25
    hash 1 aspect=.9 | 30,0 25,100 | 75,0 70,100 | 0,35 100,35 | 0,68 100,68
    box 1 aspect=1 slant=0 | 0,0 100,0* 100,100* 0,100* 0,0
    triangle 1 aspect=1 slant=0 | 50,0 100,100* 0,100* 50,0
    diamond 1 aspect=.9 slant=0 | 50,0 100,50* 50,100* 0,50* 50,0
    star 1 aspect=1 slant=0 | 50,0 80,100* 0,38* 100,38* 20,100* 50,0
    heart 1 aspect=1 slant=0 | 50,25 20,0 0,30 50,100* 100,30 80,0 50,25
    wave 1 aspect=2 slant=0 | 0,60 25,0 50,50 75,100 100,40
    zigzag 1 aspect=1.2 | 0,100 20,0* 40,100* 60,0* 80,100* 100,0
    spiral 1 aspect=1 | 50,50 68,45 60,68 32,62 32,25 75,18 98,60 50,100 5,75
    question 1.5 aspect=.6 | 8,22 50,0 90,22 52,50 50,74 | 49,97 51,100
    percent 1 aspect=.9 | 95,0 5,100 | 20,0 5,15 20,30 35,15 20,0 | 80,70 65,85 80,100 95,85 80,70
    ampersand 1 aspect=.85 | 100,100 30,25 45,0 65,20 10,70 40,100 95,60
    at 1 aspect=1 | 70,35 40,35 35,65 70,60 70,35* 75,68 100,50 60,0 0,40 40,100 85,92
    infinity 1 aspect=2 slant=0 | 50,50 80,0 100,50 80,100 50,50 20,0 0,50 20,100 50,50
    bracket 1 aspect=.35 slant=.05 | 90,0 10,0* 10,100* 90,100
    bracket 1 aspect=.35 slant=.05 | 10,0 90,0* 90,100* 10,100
    angle 1 aspect=.8 slant=0 | 95,0 5,50* 95,100
    angle 1 aspect=.8 slant=0 | 5,0 95,50* 5,100
    cross 3 aspect=.7 | 50,0 50,100 | 5,30 95,30
    """
}
