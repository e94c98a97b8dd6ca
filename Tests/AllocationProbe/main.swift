// Counts how often training and inference ask for memory, a line for each: `name count`.
//
//   AllocationProbe [--plant]
//
// With --plant each has an allocation put in, which has to show.

#if canImport(Glibc)
  import SIMDMath
  import Network

  let measurements = Measurements(isPlanted: CommandLine.arguments.contains("--plant"))
  for (name, source) in measurements.sources {
    for optimizer in Optimizer.allCases {
      let count = try measurements.training(optimizer, source)
      print("training-\(name)-\(optimizer.rawValue) \(count)")
    }
  }
  for (side, activation) in [(28, ActivationFunction.relu), (14, .tanh)] {
    print("inference-\(side)-\(activation) \(try measurements.inference(side: side, activation))")
  }
#else
  print("The allocation probe needs glibc.")
#endif
