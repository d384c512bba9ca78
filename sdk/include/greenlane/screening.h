// Screening declarations against packs, one by one or by the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/assessment.h"
#include "greenlane/date.h"
#include "greenlane/explanation.h"
#include "greenlane/export.h"
#include "greenlane/pack.h"
#include "greenlane/result.h"

namespace greenlane {

namespace document {
class Document;
}

struct InputOptions {
  std::string format;   ///< "json", "ndjson", "csv", "tsv", "xml" or "edifact"; "" = by the ending of each file
  std::string mapping;  ///< path of a greenlane.mapping/1 file; needed for tables and messages
};

/// A declaration that was read and validated. Cheap to copy; immutable; any thread.
class GREENLANE_EXPORT Declaration {
 public:
  /// Reads one JSON document of the type `format`, by default greenlane.declaration/1. Errors:
  /// invalid_json, invalid_encoding, invalid_document, limit_exceeded, with JSON Pointer, line and column.
  static Result<Declaration> parse(std::string_view json, std::string_view format = "greenlane.declaration/1");

  /// Reads the declaration at position `index`, from 0, of a file of any input format; "-" is the standard
  /// input. `format` is the type of documents that JSON files hold. Errors: as parse(), with file and line;
  /// io, invalid_mapping; not_found where the file has fewer declarations.
  static Result<Declaration> read(const std::string& path, const InputOptions& options = {}, std::size_t index = 0,
                                  std::string_view format = "greenlane.declaration/1");

  std::string_view id() const noexcept;     ///< "" where none is declared
  std::optional<Date> date() const noexcept;  ///< its own date, the default as-of date

  explicit Declaration(std::shared_ptr<const document::Document> document) : document_(std::move(document)) {}
  const std::shared_ptr<const document::Document>& document() const noexcept { return document_; }

 private:
  std::shared_ptr<const document::Document> document_;
};

/// Screens `declaration` as of `as_of`, or of its own date. Pure: the same declaration, pack and date
/// always give the same assessment. Errors: invalid_argument without a date; limit_exceeded.
GREENLANE_EXPORT Result<Assessment> screen(const Pack& pack, const Declaration& declaration,
                                           std::optional<Date> as_of = {});

struct ScreenOptions {
  std::optional<Date> as_of;  ///< by default the declaration's own date
  bool why = false;           ///< adds near misses, and the changes that lower the level
};
GREENLANE_EXPORT Result<Assessment> screen(const Pack& pack, const Declaration& declaration, const ScreenOptions& options);

/// Explains the criterion `criterion` ("ID" for the version in force, or "ID@VERSION") on `declaration`, at the
/// element with the JSON Pointer `at`, or at all. Errors: not_found; invalid_argument without a date.
GREENLANE_EXPORT Result<Explanation> explain(const Pack& pack, const Declaration& declaration,
                                             const std::string& criterion, const std::string& at = {},
                                             std::optional<Date> as_of = {});

struct BatchOptions {
  InputOptions input;
  std::optional<Date> as_of;  ///< for all; by default each declaration's own date
  unsigned jobs = 1;          ///< threads; with 1 no thread is started
  bool json = false;          ///< whether items carry their JSON line, in place of an Assessment
  bool why = false;           ///< as ScreenOptions::why
  std::optional<Source> resume_at = std::nullopt;  ///< skips the inputs before this one, which a run of the same inputs has named
};

/// What came of one input and one pack.
struct BatchItem {
  Source source;
  std::size_t line = 0;          ///< where the input begins in its file, 1-based; 0 = unknown
  std::size_t pack = 0;          ///< index into the packs
  Level level = Level::none;     ///< of the assessment
  bool undetermined = false;     ///< whether some criterion could not be decided
  std::optional<Assessment> assessment;  ///< unless BatchOptions::json
  std::optional<Error> error;            ///< why it could not be read or screened
  std::string_view json;         ///< where BatchOptions::json: one line without line end, valid during the call
  double read = 0;               ///< share of the bytes of all files read so far, 0 to 1; 0 for pipes
};

struct BatchSummary {
  std::size_t screened = 0;  ///< assessments
  std::size_t refused = 0;   ///< inputs that gave an error
  std::size_t undetermined = 0;  ///< assessments with at least one undetermined criterion
  std::size_t by_level[4] = {0, 0, 0, 0};  ///< assessments by Level
};

/// Screens every declaration of `paths` against every pack of `packs`, in order: a file, a folder (its files of the
/// format's ending in byte order of their names, not deeper), or "-" for the standard input. Streams: memory does
/// not grow with the inputs. `on_item` is called on the caller's thread, an input at a time and for each input a pack
/// at a time; its error stops the run. An input that cannot be read gives an item with an error, and the run goes on.
/// With one JSON file and one pack the assessment carries no source. Errors: invalid_argument, io, invalid_mapping;
/// not_found where there is no input to resume at.
GREENLANE_EXPORT Result<BatchSummary> screen_files(const std::vector<std::string>& paths,
                                                   const std::vector<Pack>& packs,
                                                   const BatchOptions& options,
                                                   const std::function<Result<void>(BatchItem&&)>& on_item);

/// Lines of results as they come, in order.
struct BatchLines {
  std::string_view text;  ///< whole lines of JSON with their line ends, valid during the call
  std::size_t items = 0;  ///< lines in it
  double read = 0;        ///< as BatchItem::read
};

/// screen_files() for whoever wants nothing but the lines: the fastest way from files to a file. Sets BatchOptions::json.
GREENLANE_EXPORT Result<BatchSummary> screen_files_to_lines(const std::vector<std::string>& paths,
                                                            const std::vector<Pack>& packs,
                                                            const BatchOptions& options,
                                                            const std::function<Result<void>(const BatchLines&)>& on_lines);

}  // namespace greenlane
