import type { Route } from '../route.ts';
import { blockAccount } from './accounts/block.ts';
import { createAccount } from './accounts/create.ts';
import { endorseAccount } from './accounts/endorse.ts';
import { accountEndorsements } from './accounts/endorsements.ts';
import { familiarFollowers } from './accounts/familiar-followers.ts';
import { accountFeaturedTags } from './accounts/featured-tags.ts';
import { followAccount } from './accounts/follow.ts';
import { accountFollowers } from './accounts/followers.ts';
import { accountFollowing } from './accounts/following.ts';
import { listAccounts } from './accounts/list.ts';
import { accountLists } from './accounts/lists.ts';
import { lookupAccount } from './accounts/lookup.ts';
import { muteAccount } from './accounts/mute.ts';
import { setAccountNote } from './accounts/note.ts';
import { pinAccount } from './accounts/pin.ts';
import { relationships } from './accounts/relationships.ts';
import { removeFromFollowers } from './accounts/remove-from-followers.ts';
import { searchAccounts } from './accounts/search.ts';
import { showAccount } from './accounts/show.ts';
import { accountStatuses } from './accounts/statuses.ts';
import { unblockAccount } from './accounts/unblock.ts';
import { unendorseAccount } from './accounts/unendorse.ts';
import { unfollowAccount } from './accounts/unfollow.ts';
import { unmuteAccount } from './accounts/unmute.ts';
import { unpinAccount } from './accounts/unpin.ts';
import { updateCredentials } from './accounts/update-credentials.ts';
import { verifyCredentials } from './accounts/verify-credentials.ts';
import { registerApp } from './apps/register.ts';
import { verifyApp } from './apps/verify-credentials.ts';
import { openApiRoute } from './docs/openapi.ts';
import { docsPage } from './docs/page.ts';
import { mediaFile } from './files/media.ts';
import { profileImage } from './files/profile-image.ts';
import { addFilterKeyword } from './filters/add-keyword.ts';
import { addFilterStatus } from './filters/add-post.ts';
import { createFilter } from './filters/create.ts';
import { deleteFilter } from './filters/delete.ts';
import { deleteFilterKeyword } from './filters/delete-keyword.ts';
import { deleteFilterStatus } from './filters/delete-post.ts';
import { listFilterKeywords } from './filters/keywords.ts';
import { listFilters } from './filters/list.ts';
import { listFilterStatuses } from './filters/posts.ts';
import { showFilter } from './filters/show.ts';
import { showFilterKeyword } from './filters/show-keyword.ts';
import { showFilterStatus } from './filters/show-post.ts';
import { updateFilter } from './filters/update.ts';
import { updateFilterKeyword } from './filters/update-keyword.ts';
import { authorizeFollowRequest } from './graph/authorize-follow-request.ts';
import { listBlocks } from './graph/blocks.ts';
import { listFollowRequests } from './graph/follow-requests.ts';
import { listMutes } from './graph/mutes.ts';
import { rejectFollowRequest } from './graph/reject-follow-request.ts';
import { customEmojis } from './instance/custom-emojis.ts';
import { hostMeta } from './instance/host-meta.ts';
import { nodeinfo } from './instance/nodeinfo.ts';
import { nodeinfoLinks } from './instance/nodeinfo-links.ts';
import { instanceRules } from './instance/rules.ts';
import { instanceV1 } from './instance/v1.ts';
import { instanceV2 } from './instance/v2.ts';
import { webfinger } from './instance/webfinger.ts';
import { addListMembers } from './lists/add-members.ts';
import { createList } from './lists/create.ts';
import { deleteList } from './lists/delete.ts';
import { listLists } from './lists/list.ts';
import { listMembers } from './lists/members.ts';
import { removeListMembers } from './lists/remove-members.ts';
import { showList } from './lists/show.ts';
import { updateList } from './lists/update.ts';
import { createMedia } from './media/create.ts';
import { createMediaV1 } from './media/create-v1.ts';
import { deleteMedia } from './media/delete.ts';
import { showMedia } from './media/show.ts';
import { updateMedia } from './media/update.ts';
import { oauthMetadata } from './oauth/metadata.ts';
import { revokeToken } from './oauth/revoke.ts';
import { issueToken } from './oauth/token.ts';
import { userinfo } from './oauth/userinfo.ts';
import { addDraft } from './plaza/add-draft.ts';
import { beginSecondFactor } from './plaza/begin-second-factor.ts';
import { changeDraft } from './plaza/change-draft.ts';
import { changeEmail } from './plaza/change-email.ts';
import { changeHandle } from './plaza/change-handle.ts';
import { changePassword } from './plaza/change-password.ts';
import { credentials } from './plaza/credentials.ts';
import { deactivate } from './plaza/deactivate.ts';
import { deleteAccount } from './plaza/delete-account.ts';
import { disableSecondFactor } from './plaza/disable-second-factor.ts';
import { drafts } from './plaza/drafts.ts';
import { enableSecondFactor } from './plaza/enable-second-factor.ts';
import { endSession } from './plaza/end-session.ts';
import { removeDraft } from './plaza/remove-draft.ts';
import { resendConfirmation } from './plaza/resend-confirmation.ts';
import { revokeOtherSessions } from './plaza/revoke-other-sessions.ts';
import { revokeSession } from './plaza/revoke-session.ts';
import { session } from './plaza/session.ts';
import { sessions } from './plaza/sessions.ts';
import { showPoll } from './polls/show.ts';
import { votePoll } from './polls/vote.ts';
import { deleteAvatar } from './profile/delete-avatar.ts';
import { deleteHeader } from './profile/delete-header.ts';
import { cancelScheduled } from './scheduled/cancel.ts';
import { listScheduled } from './scheduled/list.ts';
import { showScheduled } from './scheduled/show.ts';
import { updateScheduled } from './scheduled/update.ts';
import { search } from './search/search.ts';
import { markers } from './settings/markers.ts';
import { preferences } from './settings/preferences.ts';
import { saveMarkers } from './settings/save-markers.ts';
import { bookmarkStatus } from './statuses/bookmark.ts';
import { listBookmarks } from './statuses/bookmarks.ts';
import { statusContext } from './statuses/context.ts';
import { createStatus } from './statuses/create.ts';
import { deleteStatus } from './statuses/delete.ts';
import { editStatus } from './statuses/edit.ts';
import { favouriteStatus } from './statuses/favourite.ts';
import { favouritedBy } from './statuses/favourited-by.ts';
import { listFavourites } from './statuses/favourites.ts';
import { statusHistory } from './statuses/history.ts';
import { listStatuses } from './statuses/list.ts';
import { muteStatus } from './statuses/mute.ts';
import { pinStatus } from './statuses/pin.ts';
import { reblogStatus } from './statuses/reblog.ts';
import { rebloggedBy } from './statuses/reblogged-by.ts';
import { showStatus } from './statuses/show.ts';
import { statusSource } from './statuses/source.ts';
import { unbookmarkStatus } from './statuses/unbookmark.ts';
import { unfavouriteStatus } from './statuses/unfavourite.ts';
import { unmuteStatus } from './statuses/unmute.ts';
import { unpinStatus } from './statuses/unpin.ts';
import { unreblogStatus } from './statuses/unreblog.ts';
import { dismissSuggestion } from './suggestions/dismiss.ts';
import { listSuggestions } from './suggestions/list.ts';
import { featureTag } from './tags/feature.ts';
import { listFeaturedTags } from './tags/featured.ts';
import { followTag } from './tags/follow.ts';
import { followedTags } from './tags/followed.ts';
import { showTag } from './tags/show.ts';
import { unfeatureTag } from './tags/unfeature.ts';
import { unfollowTag } from './tags/unfollow.ts';
import { homeTimeline } from './timelines/home.ts';
import { listTimeline } from './timelines/list.ts';
import { publicTimeline } from './timelines/public.ts';
import { tagTimeline } from './timelines/tag.ts';

/** Every route of the public API. What is not named here does not exist. */
export const routes: readonly Route[] = [
  blockAccount,
  createAccount,
  endorseAccount,
  accountEndorsements,
  familiarFollowers,
  accountFeaturedTags,
  followAccount,
  accountFollowers,
  accountFollowing,
  listAccounts,
  accountLists,
  lookupAccount,
  muteAccount,
  setAccountNote,
  pinAccount,
  relationships,
  removeFromFollowers,
  searchAccounts,
  showAccount,
  accountStatuses,
  unblockAccount,
  unendorseAccount,
  unfollowAccount,
  unmuteAccount,
  unpinAccount,
  updateCredentials,
  verifyCredentials,
  registerApp,
  verifyApp,
  openApiRoute,
  docsPage,
  mediaFile,
  profileImage,
  addFilterKeyword,
  addFilterStatus,
  createFilter,
  deleteFilterKeyword,
  deleteFilterStatus,
  deleteFilter,
  listFilterKeywords,
  listFilters,
  listFilterStatuses,
  showFilterKeyword,
  showFilterStatus,
  showFilter,
  updateFilterKeyword,
  updateFilter,
  authorizeFollowRequest,
  listBlocks,
  listFollowRequests,
  listMutes,
  rejectFollowRequest,
  customEmojis,
  hostMeta,
  nodeinfoLinks,
  nodeinfo,
  instanceRules,
  instanceV1,
  instanceV2,
  webfinger,
  addListMembers,
  createList,
  deleteList,
  listLists,
  listMembers,
  removeListMembers,
  showList,
  updateList,
  createMediaV1,
  createMedia,
  deleteMedia,
  showMedia,
  updateMedia,
  oauthMetadata,
  issueToken,
  revokeToken,
  userinfo,
  showPoll,
  votePoll,
  deleteAvatar,
  deleteHeader,
  cancelScheduled,
  listScheduled,
  showScheduled,
  updateScheduled,
  search,
  markers,
  preferences,
  saveMarkers,
  bookmarkStatus,
  listBookmarks,
  statusContext,
  createStatus,
  deleteStatus,
  editStatus,
  favouriteStatus,
  favouritedBy,
  listFavourites,
  statusHistory,
  listStatuses,
  muteStatus,
  pinStatus,
  reblogStatus,
  rebloggedBy,
  showStatus,
  statusSource,
  unbookmarkStatus,
  unfavouriteStatus,
  unmuteStatus,
  unpinStatus,
  unreblogStatus,
  dismissSuggestion,
  listSuggestions,
  featureTag,
  listFeaturedTags,
  followTag,
  followedTags,
  showTag,
  unfeatureTag,
  unfollowTag,
  homeTimeline,
  listTimeline,
  publicTimeline,
  tagTimeline,
  addDraft,
  beginSecondFactor,
  changeDraft,
  changeEmail,
  changeHandle,
  changePassword,
  credentials,
  deactivate,
  deleteAccount,
  disableSecondFactor,
  drafts,
  enableSecondFactor,
  endSession,
  removeDraft,
  resendConfirmation,
  revokeOtherSessions,
  revokeSession,
  session,
  sessions,
];
