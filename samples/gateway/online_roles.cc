#include "online_roles.h"

#include "crypto/digest.h"

namespace greenlane::gateway {
namespace {

/// {"version", "length", "hashes"} of metadata that another role vouches for.
json::Value listed(const Metadata& metadata) {
  const std::string bytes = metadata.bytes();
  return json::Object{{"version", metadata.version()},
                      {"length", static_cast<std::int64_t>(bytes.size())},
                      {"hashes", json::Object{{"sha256", crypto::sha256_hex(bytes)}}}};
}

class Maker {
 public:
  Maker(const Repository& repository, const Released& released, const Metadata& root, const std::vector<OnlineKey>& keys,
        std::chrono::sys_seconds now)
      : repository_(repository), released_(released), root_(root), keys_(keys), now_(now) {}

  /// The next version of `before`, which vouches for `named`.
  Result<Metadata> next(const std::optional<Metadata>& before, std::string_view role, const std::string& name,
                        const Metadata& named) const {
    Metadata made = before ? *before : Metadata::empty(role);
    made.drop_signatures();
    made.set_version(made.version() + 1);
    made.set_expires(now_ + repository_.authority().lifetimes.of(role));
    made.content().set("meta", json::Object{{name, listed(named)}});
    const trust::RoleKeys signing = role_keys(root_, role);
    const trust::RoleKeys signed_before = released_.root ? role_keys(*released_.root, role) : trust::RoleKeys();
    for (const OnlineKey& key : keys_) {
      if (!lists(signing, key.tuf_id) && !lists(signed_before, key.tuf_id)) continue;
      if (auto done = made.sign(*key.signer); !done.ok()) return done.error();
    }
    if (is_signed(made, signing)) return made;
    return missing_key(role, signing);
  }

 private:
  Error missing_key(std::string_view role, const trust::RoleKeys& keys) const {
    std::string names;
    for (const trust::RoleKey& key : keys.keys) names += (names.empty() ? "" : " or ") + repository_.key_name(key.id);
    return {.code = ErrorCode::invalid_key,
            .message = "the private key of the role " + std::string(role) + " is not on this machine: " + names +
                       "; run `greenlane-gateway repo refresh` on the machine that has it"};
  }

  const Repository& repository_;
  const Released& released_;
  const Metadata& root_;
  const std::vector<OnlineKey>& keys_;
  std::chrono::sys_seconds now_;
};

}  // namespace

Result<OnlineMetadata> make_online(const Repository& repository, const Released& released, const Metadata& root, const Metadata& targets,
                                   const std::vector<OnlineKey>& keys, bool new_snapshot, std::chrono::sys_seconds now) {
  const Maker maker(repository, released, root, keys, now);
  auto snapshot = new_snapshot ? maker.next(released.snapshot, snapshot_role, "targets.json", targets)
                               : Result<Metadata>(*released.snapshot);
  if (!snapshot.ok()) return snapshot.error();
  auto timestamp = maker.next(released.timestamp, timestamp_role, "snapshot.json", *snapshot);
  if (!timestamp.ok()) return timestamp.error();
  return OnlineMetadata{*std::move(snapshot), *std::move(timestamp)};
}

}  // namespace greenlane::gateway
