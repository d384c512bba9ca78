// Where the files of a home lie.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace greenlane::client {

class HomePaths {
 public:
  explicit HomePaths(std::string home) : home_(std::move(home)) {}

  const std::string& home() const noexcept { return home_; }
  std::string settings() const { return home_ + "/home.json"; }
  std::string ca() const { return home_ + "/ca.pem"; }
  std::string lock() const { return home_ + "/.lock"; }
  /// What the TUF client keeps between two updates.
  std::string trust() const { return home_ + "/trust"; }
  /// Every root that was accepted: NUMBER.root.json.
  std::string roots() const { return home_ + "/trust/roots"; }
  /// Metadata that packs in use rest on: a folder a set.
  std::string sets() const { return home_ + "/trusted"; }
  std::string set(std::int64_t number) const { return sets() + "/" + std::to_string(number); }
  /// The generation of the last index that was written.
  std::string generation() const { return sets() + "/generation"; }
  std::string log_folder() const { return home_ + "/log"; }
  std::string log() const { return log_folder() + "/publications"; }
  std::string packs() const { return home_ + "/packs"; }
  std::string index() const { return packs() + "/index.json"; }
  std::string pack(std::string_view id, std::int64_t revision) const { return packs() + "/" + std::string(id) + "@" + std::to_string(revision) + ".json"; }

 private:
  std::string home_;
};

}  // namespace greenlane::client
