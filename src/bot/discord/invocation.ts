/** Reads a slash command as an invocation, with what Discord vouches for about its caller. */
import { type ChatInputCommandInteraction, PermissionFlagsBits } from 'discord.js';
import type { Caller, Invocation } from '../../core/ports.ts';

export function invocationOf(interaction: ChatInputCommandInteraction): Invocation {
  return {
    command: interaction.commandName,
    input: {
      kind: 'picked',
      values: Object.fromEntries(interaction.options.data.map(({ name, value }) => [name, value])),
    },
    caller: callerOf(interaction),
    update: null,
  };
}

/** A thread's id is a channel id of its own, so there is never a thread beside it. */
function callerOf(interaction: ChatInputCommandInteraction): Caller {
  const direct = interaction.guildId === null;
  return {
    platform: 'discord',
    user: interaction.user.id,
    roles: rolesOf(interaction),
    destination: { platform: 'discord', chat: interaction.channelId, thread: null },
    direct,
    manages: direct || mayManage(interaction),
  };
}

/** `default_member_permissions` is only a default that a server may change: the right is looked at on every call. */
function mayManage({ memberPermissions }: ChatInputCommandInteraction): boolean {
  return memberPermissions?.any([PermissionFlagsBits.ManageGuild, PermissionFlagsBits.ManageChannels]) ?? false;
}

function rolesOf({ member }: ChatInputCommandInteraction): readonly string[] {
  if (member === null) return [];
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
}

/** The rights Tierwatch lacks to post where the command was given, by their names; none in a direct chat. */
export function missingRights(interaction: ChatInputCommandInteraction): readonly string[] {
  if (interaction.guildId === null) return [];
  const inThread = interaction.channel?.isThread() ?? false;
  const needed = [
    { flag: PermissionFlagsBits.ViewChannel, name: 'View Channel' },
    inThread
      ? { flag: PermissionFlagsBits.SendMessagesInThreads, name: 'Send Messages in Threads' }
      : { flag: PermissionFlagsBits.SendMessages, name: 'Send Messages' },
  ];
  return needed.filter(({ flag }) => !interaction.appPermissions.has(flag)).map(({ name }) => name);
}
