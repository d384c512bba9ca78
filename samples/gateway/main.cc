// greenlane-gateway: the customs side.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <functional>

#include "commands.h"
#include "greenlane/version.h"

namespace greenlane::gateway {
namespace {

struct Options {
  std::string file;
  std::string algorithm = "ed25519";
  std::string folder;
  std::vector<std::string> packs;
  std::vector<std::string> sign;
  InitArguments init;
  ServeArguments serve;
  std::string host = "127.0.0.1";
  std::function<Exit()> run;
};

void add_key(CLI::App& app, Options& o) {
  CLI::App* key = app.add_subcommand("key", "Keys of holders and machines");
  key->require_subcommand(1);
  CLI::App* make = key->add_subcommand("new", "Make a private key FILE and its public key FILE.pub");
  make->add_option("FILE", o.file, "File to make")->required();
  make->add_option("--algorithm", o.algorithm, "Kind of key")->check(CLI::IsMember({"ed25519", "ecdsa_p256_sha256", "sm2_sm3"}))->capture_default_str();
  make->callback([&o] { o.run = [&o] { return run_key_new(o.file, o.algorithm); }; });
  CLI::App* show = key->add_subcommand("show", "Algorithm and ids of a key");
  show->add_option("FILE", o.file, "Public or private key")->required();
  show->callback([&o] { o.run = [&o] { return run_key_show(o.file); }; });
}

void add_sign_option(CLI::App& command, Options& o) {
  command.add_option("--sign", o.sign, "Private key of a holder, to sign at once; may be given again")->allow_extra_args(false);
}

void add_init(CLI::App& repo, Options& o) {
  CLI::App* c = repo.add_subcommand("init", "Make a repository");
  InitArguments& a = o.init;
  c->add_option("--root-key", a.root_keys, "Public key of a holder of the root; may be given again")->required()->allow_extra_args(false);
  c->add_option("--root-threshold", a.root_threshold, "How many of them must sign")->check(CLI::PositiveNumber)->capture_default_str();
  c->add_option("--targets-key", a.targets_keys, "Public key of a holder of the targets; may be given again")->required()->allow_extra_args(false);
  c->add_option("--targets-threshold", a.targets_threshold, "How many of them must sign")->check(CLI::PositiveNumber)->capture_default_str();
  c->add_option("--snapshot-key", a.snapshot_key, "Private key of this machine")->required();
  c->add_option("--timestamp-key", a.timestamp_key, "Private key of this machine")->required();
  c->add_option("--log-key", a.log_key, "Private key of the publication log")->required();
  c->add_option("--log-origin", a.log_origin, "Name of the publication log, such as customs.example/criteria")->required();
  add_sign_option(*c, o);
  c->callback([&o] {
    o.run = [&o] {
      o.init.sign = o.sign;
      return run_repo_init(o.folder, o.init);
    };
  });
}

void add_repo(CLI::App& app, Options& o) {
  CLI::App* repo = app.add_subcommand("repo", "The repository of published criteria");
  repo->require_subcommand(1);
  repo->fallthrough();
  repo->add_option("--repo", o.folder, "Folder of the repository")->required();
  add_init(*repo, o);
  CLI::App* publish = repo->add_subcommand("publish", "Add packs");
  publish->add_option("PACK", o.packs, "A pack's folder or built file")->required();
  add_sign_option(*publish, o);
  publish->callback([&o] { o.run = [&o] { return run_repo_publish(o.folder, o.packs, o.sign); }; });
  CLI::App* sign = repo->add_subcommand("sign", "Sign what is staged");
  sign->add_option("--key", o.sign, "Private key of a holder; may be given again")->required()->allow_extra_args(false);
  sign->callback([&o] { o.run = [&o] { return run_repo_sign(o.folder, o.sign); }; });
  repo->add_subcommand("status", "What is released, and who must sign")->callback([&o] { o.run = [&o] { return run_repo_status(o.folder); }; });
  repo->add_subcommand("refresh", "Sign a new timestamp; for cron")->callback([&o] { o.run = [&o] { return run_repo_refresh(o.folder); }; });
  repo->add_subcommand("discard", "Drop what is staged")->callback([&o] { o.run = [&o] { return run_repo_discard(o.folder); }; });
}

void add_serve(CLI::App& app, Options& o) {
  CLI::App* c = app.add_subcommand("serve", "Serve a repository over HTTPS");
  c->add_option("--repo", o.serve.folder, "Folder of the repository")->required();
  c->add_option("--address", o.serve.address, "Address to listen on")->capture_default_str();
  c->add_option("--port", o.serve.port, "Port; 0: any that is free")->check(CLI::Range(0, 65'535))->required();
  c->add_option("--certificate", o.serve.certificate, "Certificate chain in PEM")->required();
  c->add_option("--key", o.serve.key, "Its private key in PEM")->required();
  c->add_option("--port-file", o.serve.port_file, "File that gets the port's number");
  c->add_option("--seconds", o.serve.seconds, "End after so many seconds")->check(CLI::Range(0, 86'400));
  c->callback([&o] { o.run = [&o] { return run_serve(o.serve); }; });
}

void add_tls(CLI::App& app, Options& o) {
  CLI::App* tls = app.add_subcommand("tls", "Certificates for tests");
  tls->require_subcommand(1);
  CLI::App* make = tls->add_subcommand("new", "Make a test CA and a server's certificate");
  make->add_option("FOLDER", o.folder, "Folder for ca.pem, server.pem and server.key")->required();
  make->add_option("--host", o.host, "Name or address of the server")->capture_default_str();
  make->callback([&o] { o.run = [&o] { return run_tls_new(o.folder, o.host); }; });
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
