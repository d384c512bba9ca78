#include "root_chain.h"

#include "client/file_io.h"

namespace greenlane::gateway {
namespace {

Error not_signed(const std::string& what, const std::string& source) {
  return {.code = ErrorCode::not_trusted, .message = what + "; do not sign, and ask the other holders what has happened", .source = source};
}

Result<Metadata> read_root_file(const std::string& path) {
  const auto bytes = client::read_file(path, max_metadata_bytes);
  if (!bytes.ok()) return bytes.error();
  return Metadata::read(*bytes, root_role, path);
}

}  // namespace

Result<void> check_released(const Repository& repository, const Released& released, const std::string& pinned) {
  if (!released.root) return {};
  auto root = read_root_file(pinned.empty() ? repository.path(metadata_name(root_role, 1)) : pinned);
  if (!root.ok()) return root.error();
  if (!is_signed(*root, role_keys(*root, root_role))) return not_signed("the root is not signed by its own holders", pinned);
  while (root->version() < released.root->version()) {
    const std::string path = repository.path(metadata_name(root_role, root->version() + 1));
    auto next = read_root_file(path);
    if (!next.ok()) return next.error();
    const bool follows = next->version() == root->version() + 1 && is_signed(*next, role_keys(*root, root_role)) &&
                         is_signed(*next, role_keys(*next, root_role));
    if (!follows) return not_signed("this root is not signed by the holders before it and its own", path);
    root = *std::move(next);
  }
  if (root->content() != released.root->content()) return not_signed("the root that you keep is not one of this repository", pinned);
  if (!released.targets || !is_signed(*released.targets, role_keys(*root, targets_role))) {
    return not_signed("the released targets are not signed by their holders", repository.folder());
  }
  return {};
}

}  // namespace greenlane::gateway
