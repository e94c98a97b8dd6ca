commandLine.run(Settings(), infer)
