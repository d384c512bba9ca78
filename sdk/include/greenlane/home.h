// The home: an enterprise's folder, and the criteria that an authority publishes.
//
//   home.json             whose home it is, and the gateway
//   ca.pem                the certificates that the gateway's own must come from, where they are not the machine's
//   keys/                 the enterprise's keys (greenlane/keys.h)
//   trust/                the authority's root and the metadata that was verified last (TUF 1.0)
//   trusted/              the metadata that the packs in use rest on
//   log/                  the authority's publication log
//   packs/                every pack that was taken into use, and index.json, which says which are
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/criteria_status.h"
#include "greenlane/date.h"
#include "greenlane/export.h"
#include "greenlane/pack.h"
#include "greenlane/result.h"

namespace greenlane {

/// What a new home is made of.
struct NewHome {
  std::string gateway;     ///< "https://HOST" or "https://HOST:PORT"
  std::string root;        ///< file of the authority's root of trust, got from somewhere else than the gateway
  std::string ca;          ///< PEM file of the certificates to trust the gateway by; "": those of the machine
  std::string enterprise;  ///< its code with customs; "": none, and no keys are made
};

/// A moment for calls that depend on one: what the caller says, else the machine's clock.
using Moment = std::optional<std::chrono::sys_seconds>;

/// What an update is doing.
struct UpdateStep {
  std::string_view what;  ///< "metadata", "log", "download", "check" or "write"
  std::string_view pack;  ///< "ID@REVISION" of "download" and "check"
  std::size_t done = 0;   ///< packs so far
  std::size_t all = 0;
};

struct UpdateOptions {
  Moment now = {};  ///< stands for the whole update
  std::function<void(const UpdateStep&)> on_step = {};
};

/// A home on disk. Whoever changes it keeps other processes out meanwhile; whoever reads sees it before or after a change, also
/// where a change was interrupted at any moment. One thread; starts none.
class GREENLANE_EXPORT Home {
 public:
  /// Makes the folder, which must not exist or be empty: as a whole or not at all. Errors: invalid_argument; not_found, io; not_trusted
  /// or invalid_document, where the root is none.
  static Result<Home> create(const std::string& folder, const NewHome& settings, Moment now = {});
  /// Errors: not_found; invalid_json, invalid_document, where home.json is damaged.
  static Result<Home> open(const std::string& folder);

  Home(Home&&) noexcept;
  Home& operator=(Home&&) noexcept;
  ~Home();

  const std::string& folder() const noexcept;
  const std::string& gateway() const noexcept;
  const std::string& enterprise() const noexcept;
  /// "sha256:" and 64 hexadecimal digits, over the bytes of the root that was pinned: what a person compares with what the authority
  /// has published.
  const std::string& pinned_root() const noexcept;
  /// The document greenlane.home/1, in one line without line end.
  std::string to_json() const;

  /// Follows the authority: verifies what it has published since, and takes the highest revision of every pack into use that is
  /// signed, in the publication log, compiles and passes its own tests. What is refused is recorded, and changes nothing for the other
  /// packs. Errors: not_trusted (what the authority says does not verify, has expired, or is older than what is here; or the clock
  /// is earlier than the last update); unreachable; io, retryable, where another process changes the home. An error leaves all packs
  /// in use.
  Result<CriteriaUpdate> update_criteria(const UpdateOptions& options = {});
  /// The same from one file that was carried here (export_criteria(), or made by the authority), without a network.
  Result<CriteriaUpdate> import_criteria(const std::string& bundle, const UpdateOptions& options = {});
  /// Writes one file for import_criteria() of another home: the packs in use, or those of `ids`. Errors: not_found; io;
  /// not_trusted.
  Result<void> export_criteria(const std::string& bundle, const std::vector<std::string>& ids = {}) const;

  Result<CriteriaStatus> criteria_status(Moment now = {}) const;
  /// All packs that were ever in use, by id and revision.
  Result<std::vector<KeptPack>> kept_packs() const;

  /// The packs in use, by id. Their freshness is that of `now`. Errors: not_found, where there are none; not_trusted, where a file
  /// is not the one that was verified, or older than others.
  Result<std::vector<Pack>> packs(Moment now = {}) const;
  /// Those that were in use here at the end of `day` (UTC).
  Result<std::vector<Pack>> packs_known_on(Date day, Moment now = {}) const;
  /// The revision in use, or another that is kept. One that is superseded is stale since then. Error: not_found.
  Result<PublishedPack> pack(std::string_view id, std::optional<std::int64_t> revision = {}, Moment now = {}) const;
  /// Changes whenever packs() would give others, or others' freshness: cheap to ask again and again.
  Result<std::string> packs_stamp(Moment now = {}) const;

  /// Error: not_found.
  Result<PublicationProof> publication_proof(std::string_view id, std::int64_t revision) const;
  /// The signed note of the publication log as far as this home has seen it. Error: not_found before the first update.
  Result<std::string> checkpoint() const;
  /// Whether somebody else's note of the same log and this home's are of one history. Errors: not_trusted, where the authority has
  /// shown the two different ones, or the log's key has not signed the note; unreachable, where the other has seen more, so that an
  /// update must come first; not_found before the first update; invalid_document.
  Result<void> compare_checkpoint(std::string_view note) const;

 private:
  struct State;
  explicit Home(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace greenlane
