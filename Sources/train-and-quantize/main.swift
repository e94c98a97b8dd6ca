commandLine.run(Settings(), train)
