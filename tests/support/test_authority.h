// An authority in memory that publishes packs, and a home that follows it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utc_time.h"
#include "client/bundle.h"
#include "client/criteria_updater.h"
#include "client/file_io.h"
#include "criteria/pack_builder.h"
#include "greenlane/home.h"
#include "tests/support/folders.h"
#include "tests/support/log_server.h"
#include "tests/support/packs.h"
#include "tests/support/tuf_repository.h"

namespace greenlane::test {

inline constexpr std::string_view log_origin = "customs.example/criteria";

/// The bytes of a built pack; `level` tells revisions apart.
inline std::string built_pack(const std::string& id, std::int64_t revision, const Draft& draft = {.when = "true"}) {
  json::Value pack = pack_json({draft});
  pack.set("id", id);
  pack.set("revision", revision);
  return criteria::pack_bytes(pack);
}

inline std::string target_of(const std::string& id, std::int64_t revision) { return "criteria/" + id + "/" + std::to_string(revision) + ".json"; }

/// Metadata expires on 2026-02-01; the key of the log holds through 2026.
class TestAuthority final : public trust::Source {
 public:
  TestAuthority() : log(std::string(log_origin)), log_key_(new_key()) {
    set_keys({record_of(log_key_, {trust::KeyUse::checkpoint})});
    release();
  }

  void set_keys(std::vector<trust::KeyRecord> records, const std::string& origin = std::string(log_origin)) {
    list(std::string(trust::keys_target), trust::KeyRing(std::move(records), origin).to_json(), nullptr);
  }
  /// Lists a file as it will be signed next.
  void list(const std::string& path, const std::string& bytes, json::Value custom, bool logged = true) {
    repository.add_target("targets", path, bytes);
    json::Value& entry = *repository.body("targets").find("targets")->find(path);
    if (!custom.is_null()) entry.set("custom", std::move(custom));
    if (!logged) return;
    const trust::Publication publication{.path = path, .digest = "sha256:" + crypto::sha256_hex(bytes), .length = bytes.size(), .published_at = "2026-01-01T00:00:00Z"};
    log.append(publication.to_entry());
  }
  void list_pack(const std::string& id, std::int64_t revision, const std::string& bytes, bool logged = true) {
    list(target_of(id, revision), bytes, json::Object{{"pack", id}, {"revision", revision}}, logged);
  }
  void withdraw(const std::string& path) {
    auto& targets = repository.body("targets").find("targets")->object();
    std::erase_if(targets, [&path](const json::Member& member) { return member.key == path; });
  }
  void release() {
    log.publish(log_key_);
    repository.publish({"targets", "snapshot", "timestamp"});
  }
  void publish(const std::string& id, std::int64_t revision, const Draft& draft = {.when = "true"}) {
    list_pack(id, revision, built_pack(id, revision, draft));
    release();
  }

  Result<std::optional<std::string>> fetch(std::string_view path, std::size_t max_bytes) override {
    if (!repository.offline && path.starts_with(trust::log_folder)) return log.fetch(path, max_bytes);
    return repository.fetch(path, max_bytes);
  }
  /// All that it serves, as a bundle has it.
  std::vector<client::BundledFile> files() const {
    std::vector<client::BundledFile> all;
    for (const auto* served : {&repository.files, &log.files}) {
      for (const auto& [path, bytes] : *served) all.push_back({path, bytes});
    }
    return all;
  }
  Signer& log_key() noexcept { return log_key_; }

  TufRepository repository;
  LogServer log;

 private:
  crypto::PrivateKey log_key_;
};

/// A home in a folder of its own.
class TestHome {
 public:
  explicit TestHome(const TestAuthority& authority) {
    const std::string root = folder_.write("root.json", authority.repository.files.at("metadata/1.root.json"));
    auto made = Home::create(path(), {.gateway = "https://customs.example", .root = root, .ca = {}, .enterprise = {}}, time("2026-01-01T00:00:00Z"));
    EXPECT_TRUE(made.ok()) << made.error().to_text();
    home.emplace(*std::move(made));
  }

  std::string path(const std::string& name = {}) const { return folder_.path(name.empty() ? "home" : "home/" + name); }
  client::HomePaths paths() const { return client::HomePaths(path()); }

  Result<CriteriaUpdate> update(trust::Source& source, std::string_view now = "2026-01-02T00:00:00Z") {
    return client::CriteriaUpdater(paths(), source, {.now = time(now), .on_step = {}}).run();
  }
  /// "ID@REVISION outcome", each pack behind a blank.
  std::string updated(trust::Source& source, std::string_view now = "2026-01-02T00:00:00Z") {
    const auto update = this->update(source, now);
    if (!update.ok()) return "error: " + update.error().to_text();
    std::string text;
    for (const PackChange& change : update->packs) {
      text += (text.empty() ? "" : ", ") + change.id + "@" + std::to_string(change.revision) + " " + change.outcome;
    }
    return text;
  }
  /// "ID@REVISION freshness" of the packs in use, or the error.
  std::string in_use(std::string_view now = "2026-01-02T00:00:00Z") const {
    const auto packs = home->packs(time(now));
    if (!packs.ok()) return "error: " + packs.error().to_text();
    std::string text;
    for (const Pack& pack : *packs) text += (text.empty() ? "" : ", ") + pack.identity().id + "@" + std::to_string(pack.identity().revision) + " " + pack.identity().freshness;
    return text;
  }
  CriteriaStatus status(std::string_view now = "2026-01-02T00:00:00Z") const {
    auto status = home->criteria_status(time(now));
    EXPECT_TRUE(status.ok()) << status.error().to_text();
    return status.ok() ? *std::move(status) : CriteriaStatus{};
  }
  std::string read(const std::string& name) const { return client::read_file(path(name), std::size_t{64} << 20).value(); }
  void write(const std::string& name, std::string_view bytes) const { folder_.write("home/" + name, bytes); }
  const Folder& folder() const noexcept { return folder_; }

  std::optional<Home> home;

 private:
  Folder folder_;
};

}  // namespace greenlane::test
