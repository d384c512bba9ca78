#include <CLI/CLI.hpp>
#include <charconv>

#include "options.h"

namespace greenlane::gateway {
namespace {

using Command = Exit (*)(Options&);

const CLI::IsMember offline_roles({"root", "targets"});

CLI::App* add_command(CLI::App& repo, Options& o, const char* name, const char* help, Command command) {
  CLI::App* c = repo.add_subcommand(name, help);
  c->callback([&o, command] { o.run = [&o, command] { return command(o); }; });
  return c;
}

void add_sign(CLI::App* command, Options& o) {
  command->add_option("--sign", o.sign, "Private key of a holder who signs at once; may be given again")->allow_extra_args(false);
}

void add_lifetime(CLI::App* command, const std::string& name, std::chrono::seconds& lifetime, const char* what) {
  command->add_option_function<std::string>(
      name,
      [&lifetime, name](const std::string& text) {
        const auto read = read_lifetime(text);
        if (!read) throw CLI::ValidationError(name, "\"" + text + "\" is not a time such as 365d, 24h, 90m or 30s");
        lifetime = *read;
      },
      what);
}

void add_init(CLI::App& repo, Options& o) {
  CLI::App* c = add_command(repo, o, "init", "Make a repository",
                            [](Options& all) { return run_repo_init(all.folder, all.init, all.sign); });
  InitArguments& a = o.init;
  c->add_option("--root-key", a.root_keys, "Public keys of the holders of the root")->required();
  c->add_option("--root-threshold", a.root_threshold, "How many of them must sign")->check(CLI::Range(1, 30))->capture_default_str();
  c->add_option("--targets-key", a.targets_keys, "Public keys of the holders of the targets")->required();
  c->add_option("--targets-threshold", a.targets_threshold, "How many of them must sign")->check(CLI::Range(1, 30))->capture_default_str();
  c->add_option("--snapshot-key", a.snapshot_key, "Private key of this machine")->required();
  c->add_option("--timestamp-key", a.timestamp_key, "Private key of this machine")->required();
  c->add_option("--log-key", a.log_key, "Private key of the publication log")->required();
  c->add_option("--log-origin", a.log_origin, "Name of the log, such as customs.example/criteria")->required();
  c->add_option("--owner", a.owner, "Code of the authority (default: the log's name up to its '/')");
  c->add_option("--sign", o.sign, "Private keys of holders who sign at once");
  add_lifetime(c, "--root-lifetime", a.lifetimes.root, "How long a root holds (default: 365d)");
  add_lifetime(c, "--targets-lifetime", a.lifetimes.targets, "The same for targets (default: 30d)");
  add_lifetime(c, "--snapshot-lifetime", a.lifetimes.snapshot, "The same for snapshots (default: 7d)");
  add_lifetime(c, "--timestamp-lifetime", a.lifetimes.timestamp, "The same for timestamps (default: 24h)");
}

void add_publishing(CLI::App& repo, Options& o) {
  CLI::App* publish = add_command(repo, o, "publish", "Add packs",
                                  [](Options& all) { return run_repo_publish(all.folder, all.names, all.sign); });
  publish->add_option("PACK", o.names, "A pack's folder or built file")->required();
  add_sign(publish, o);
  CLI::App* renew = add_command(repo, o, "renew", "Give root or targets a new date",
                                [](Options& all) { return run_repo_renew(all.folder, all.names, all.sign); });
  renew->add_option("ROLE", o.names, "root, targets, or both")->required()->check(offline_roles);
  add_sign(renew, o);
}

void add_keys(CLI::App& repo, Options& o) {
  KeyArguments& a = o.keys;
  CLI::App* add = add_command(repo, o, "add-key", "List a key",
                              [](Options& all) { return run_repo_add_key(all.folder, all.keys, all.sign); });
  add->add_option("ROLE", a.role,
                  "root, targets, snapshot, timestamp; or what messages it signs:\n"
                  "receipt, warning, submission, checkpoint, criteria")
      ->required();
  add->add_option("KEY", a.key, "Public key; of a machine's own key the private one")->required();
  add->add_option("--threshold", a.threshold, "How many must sign from now on")->check(CLI::Range(1, 30));
  add->add_option("--owner", a.owner, "Code of the enterprise or authority whose key it is");
  add->add_option("--from", a.from, "First moment, UTC (default: now)");
  add->add_option("--until", a.until, "Last moment, UTC (default: two years later)");
  add->add_option("--sm2-user-id", a.sm2_user_id, "User id of an SM2 key");
  add_sign(add, o);
  CLI::App* rotate = add_command(repo, o, "rotate", "Put a new key in the place of another",
                                 [](Options& all) { return run_repo_rotate(all.folder, all.keys, all.sign); });
  rotate->add_option("ROLE", a.role, "As of add-key")->required();
  rotate->add_option("OLD", a.key, "File, name or id of the old key")->required();
  rotate->add_option("NEW", a.successor, "Public key; of a machine's own key the private one")->required();
  rotate->add_option("--overlap", a.overlap_days, "Days for which both keys of messages hold")
      ->check(CLI::Range(0, 3'650))
      ->capture_default_str();
  rotate->add_option("--sm2-user-id", a.sm2_user_id, "User id of an SM2 key");
  add_sign(rotate, o);
  CLI::App* revoke = add_command(repo, o, "revoke", "Take a key away",
                                 [](Options& all) { return run_repo_revoke(all.folder, all.keys, all.sign); });
  revoke->add_option("KEY", a.key, "File, name or id")->required();
  revoke->add_option("--revoked-at", a.revoked_at, "Not used from then on, UTC (keys of messages; default: now)");
  revoke->add_option("--compromised-at", a.compromised_at, "Others may have it since, UTC (keys of messages)");
  add_sign(revoke, o);
  CLI::App* threshold = add_command(repo, o, "threshold", "Say how many must sign",
                                    [](Options& all) { return run_repo_threshold(all.folder, all.keys, all.sign); });
  threshold->add_option("ROLE", a.role, "root or targets")->required()->check(offline_roles);
  threshold->add_option("NUMBER", a.threshold, "Signatures")->required()->check(CLI::Range(1, 30));
  add_sign(threshold, o);
}

void add_signing(CLI::App& repo, Options& o) {
  CLI::App* sign = add_command(repo, o, "sign", "Show what is staged, and sign it",
                               [](Options& all) { return run_repo_sign(all.folder, all.signing); });
  auto* keys = sign->add_option("--key", o.signing.keys, "Private key of a holder; may be given again");
  add_token(*sign, o.signing.token, false);
  sign->callback([&o, keys] {
    if (keys->empty() && o.signing.token.module.empty()) throw CLI::RequiredError("--key or --pkcs11");
    o.run = [&o] { return run_repo_sign(o.folder, o.signing); };
  });
  sign->add_option("--root", o.signing.root, "A root that the holder has kept: what is released must descend from it");
  sign->add_flag("--yes", o.signing.yes, "Do not ask");
  CLI::App* collect = add_command(repo, o, "collect", "Take over signatures from another copy of the folder",
                                  [](Options& all) { return run_repo_collect(all.folder, all.file); });
  collect->add_option("FOLDER", o.file, "The other copy")->required();
  add_command(repo, o, "discard", "Drop what is staged", [](Options& all) { return run_repo_discard(all.folder); });
}

void add_upkeep(CLI::App& repo, Options& o) {
  CLI::App* status = add_command(repo, o, "status", "What is released and staged, and who must sign",
                                 [](Options& all) { return run_repo_status(all.folder, all.json); });
  status->add_flag("--json", o.json, "For programs");
  add_command(repo, o, "refresh", "Sign a new timestamp, and release what all have signed; for cron",
              [](Options& all) { return run_repo_refresh(all.folder); });
  CLI::App* save = add_command(repo, o, "export", "Write all that clients fetch into one file",
                               [](Options& all) { return run_repo_export(all.folder, all.file); });
  save->add_option("FILE", o.file, "File to write (tar)")->required();
}

}  // namespace

std::optional<std::chrono::seconds> read_lifetime(const std::string& text) {
  constexpr std::chrono::seconds most = std::chrono::hours(24 * 36'525);
  constexpr std::int64_t most_number = most.count();
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr + 1 != text.data() + text.size() || number < 1 || number > most_number) return std::nullopt;
  const std::chrono::seconds unit = [&] {
    switch (*read.ptr) {
      case 'd': return std::chrono::seconds(86'400);
      case 'h': return std::chrono::seconds(3'600);
      case 'm': return std::chrono::seconds(60);
      case 's': return std::chrono::seconds(1);
      default: return std::chrono::seconds(0);
    }
  }();
  if (unit.count() == 0 || unit > most / number) return std::nullopt;
  return unit * number;
}

void add_token(CLI::App& command, TokenArguments& token, bool required) {
  auto* module = command.add_option("--pkcs11", token.module, "Library of a token or card reader (PKCS #11)")->required(required);
  command.add_option("--token", token.token, "Label of the token")->needs(module);
  command.add_option("--label", token.label, "Label of the private key on it")->needs(module);
  command.add_option("--pin-file", token.pin_file, "File with the PIN (default: the terminal is asked)")->needs(module);
}

void add_repo(CLI::App& app, Options& o) {
  CLI::App* repo = app.add_subcommand("repo", "The repository of published criteria");
  repo->require_subcommand(1);
  repo->fallthrough();
  repo->add_option("--repo", o.folder, "Folder of the repository")->required();
  add_init(*repo, o);
  add_publishing(*repo, o);
  add_keys(*repo, o);
  add_signing(*repo, o);
  add_upkeep(*repo, o);
  repo->footer("A change is staged until enough holders have signed it; then it is released.\n"
               "docs/authority.md says how a repository is set up and kept.");
}

}  // namespace greenlane::gateway
