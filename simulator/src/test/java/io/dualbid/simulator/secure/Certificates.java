package io.dualbid.simulator.secure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A key of the broker, and what its clients trust, made by the JDK's own tool. */
final class Certificates {
  static final String PASSWORD = "not-a-secret";

  private final Path keys;
  private final Path trusted;

  private Certificates(Path folder) {
    keys = folder.resolve("broker.p12");
    trusted = folder.resolve("trusted.p12");
  }

  /** Makes them, for a broker on this machine. */
  static Certificates in(Path folder) throws IOException, InterruptedException {
    Certificates made = new Certificates(folder);
    Path certificate = folder.resolve("broker.pem");
    keytool(
        made.keys,
        "-genkeypair -alias broker -keyalg RSA -keysize 2048 -validity 30 -dname CN=localhost -ext"
            + " SAN=dns:localhost,ip:127.0.0.1");
    keytool(made.keys, "-exportcert -rfc -alias broker -file " + certificate);
    keytool(made.trusted, "-importcert -noprompt -alias broker -file " + certificate);
    return made;
  }

  private static void keytool(Path store, String arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(told);
    }
  }

  Path keys() {
    return keys;
  }

  Path trusted() {
    return trusted;
  }
}
