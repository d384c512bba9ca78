// greenlane-gateway: the customs side.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "greenlane/version.h"
#include "options.h"

namespace greenlane::gateway {
namespace {

void add_key(CLI::App& app, Options& o) {
  CLI::App* key = app.add_subcommand("key", "Keys of holders and of machines");
  key->require_subcommand(1);
  CLI::App* make = key->add_subcommand("new", "Make a private key FILE and its public key FILE.pub");
  make->add_option("FILE", o.file, "File to make")->required();
  make->add_option("--algorithm", o.algorithm, "Kind of key")
      ->check(CLI::IsMember({"ed25519", "ecdsa_p256_sha256", "sm2_sm3"}))
      ->capture_default_str();
  make->callback([&o] { o.run = [&o] { return run_key_new(o.file, o.algorithm); }; });
  CLI::App* token = key->add_subcommand("token", "Write the public key of a key in hardware (ECDSA P-256)");
  token->add_option("FILE", o.file, "File to make, for example root-a.pub")->required();
  add_token(*token, o.signing.token, true);
  token->callback([&o] { o.run = [&o] { return run_key_token(o.file, o.signing.token); }; });
  CLI::App* show = key->add_subcommand("show", "Algorithm and ids of a key");
  show->add_option("FILE", o.file, "Public or private key")->required();
  show->callback([&o] { o.run = [&o] { return run_key_show(o.file); }; });
}

void add_serve(CLI::App& app, Options& o) {
  CLI::App* c = app.add_subcommand("serve", "Serve a repository over HTTPS");
  c->add_option("--repo", o.serve.folder, "Folder of the repository")->required();
  c->add_option("--address", o.serve.address, "Address to listen on")->capture_default_str();
  c->add_option("--port", o.serve.port, "Port; 0: any that is free")->check(CLI::Range(0, 65'535))->required();
  c->add_option("--certificate", o.serve.certificate, "Certificate chain in PEM")->required();
  c->add_option("--key", o.serve.key, "Its private key in PEM")->required();
  c->add_option("--port-file", o.serve.port_file, "File that gets the number of the port");
  c->add_option("--seconds", o.serve.seconds, "End after so many seconds")->check(CLI::Range(0, 86'400));
  c->footer("Ends with SIGINT or SIGTERM. One line a request goes to the standard error.");
  c->callback([&o] { o.run = [&o] { return run_serve(o.serve); }; });
}

void add_tls(CLI::App& app, Options& o) {
  CLI::App* tls = app.add_subcommand("tls", "Certificates for tests");
  tls->require_subcommand(1);
  CLI::App* make = tls->add_subcommand("new", "Make a test CA and the certificate of a server");
  make->add_option("FOLDER", o.file, "Folder for ca.pem, server.pem and server.key")->required();
  make->add_option("--host", o.host, "Name or address of the server")->capture_default_str();
  make->callback([&o] { o.run = [&o] { return run_tls_new(o.file, o.host); }; });
}

int run(int argc, char** argv) {
  Options options;
  CLI::App app("The customs side: publishes criteria", "greenlane-gateway");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("greenlane-gateway ") + version);
  add_key(app, options);
  add_repo(app, options);
  add_serve(app, options);
  add_tls(app, options);
  app.footer("Exit status: 0 done, 2 wrong usage, 3 bad input, 4 not trusted, 5 not possible now.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    const bool help = problem.get_exit_code() == 0;
    app.exit(problem);
    return static_cast<int>(help ? Exit::done : Exit::usage);
  }
  return static_cast<int>(options.run());
}

}  // namespace
}  // namespace greenlane::gateway

int main(int argc, char** argv) {
  try {
    return greenlane::gateway::run(argc, argv);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "greenlane-gateway: internal error: %s\n", problem.what());
    return static_cast<int>(greenlane::gateway::Exit::internal);
  }
}
